"""Addresses of the net: e-mail, and links that would let a reader in or tell who someone is."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from bot.review.personal.spans import Span

__all__ = ["emails", "urls"]

URL: Final = re.compile(
    r"(?:https?://|www\.|(?:t\.me|wa\.me|discord\.gg|line\.me|chat\.whatsapp\.com)/)"
    r"[^\s<>\"\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]+",
    re.IGNORECASE,
)
INVITES: Final = {
    "t.me", "telegram.me", "wa.me", "discord.gg", "discord.com", "line.me", "chat.whatsapp.com",
    "weixin.qq.com", "u.wechat.com", "facebook.com", "instagram.com", "x.com", "twitter.com",
}  # fmt: skip
TOKEN: Final = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_-]{16,}")
EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}"
    r"(?:(?:@|\s?[(\[{]\s?at\s?[)\]}]\s?)(?:[A-Za-z0-9-]{1,63}\.){1,5}"
    r"|\sat\s[A-Za-z0-9-]{1,63}\sdot\s)"
    r"[A-Za-z]{2,24}(?![A-Za-z0-9-])",
    re.IGNORECASE,
)


def urls(text: str) -> Iterator[Span]:
    """Find links; one that opens nothing and names nobody is kept whole."""
    for match in URL.finditer(text):
        link = match.group().rstrip(".,;:!?)]'")
        kind = "url" if tells(link) else "kept"
        yield Span(match.start(), match.start() + len(link), kind)  # type: ignore[arg-type]


def tells(link: str) -> bool:
    """Whether a link carries a token, a query, a user, or leads to somebody's own place."""
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
    except ValueError:
        return True
    host = parts.netloc.rpartition("@")[2].lower().removeprefix("www.")
    return (
        "@" in parts.netloc
        or bool(parts.query or parts.fragment)
        or host in INVITES
        or any(TOKEN.fullmatch(part) for part in parts.path.split("/"))
    )


def emails(text: str) -> Iterator[Span]:
    """Find e-mail addresses, `name(at)example.org` among them."""
    for match in EMAIL.finditer(text):
        yield Span(match.start(), match.end(), "email")
