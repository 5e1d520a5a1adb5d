"""Addresses of the net: e-mail, and links that would let a reader in or tell who someone is."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from bot.review.personal.spans import Span, cues

__all__ = ["emails", "urls"]

URL: Final = re.compile(
    r"(?:https?://|www\.|(?<![\w.-])(?:t\.me|wa\.me|discord\.gg|line\.me|chat\.whatsapp\.com|fb\.com"
    r"|facebook\.com|instagram\.com|tiktok\.com|x\.com|twitter\.com)/)"
    r"[^\s<>\"\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]+",
    re.IGNORECASE,
)
INVITES: Final = {
    "t.me", "telegram.me", "wa.me", "discord.gg", "discord.com", "line.me", "chat.whatsapp.com",
    "weixin.qq.com", "u.wechat.com", "facebook.com", "fb.com", "instagram.com", "tiktok.com",
    "x.com", "twitter.com",
}  # fmt: skip
TOKEN: Final = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_-]{16,}")
SECRET: Final = re.compile(r"eyJ[A-Za-z0-9_-]{6,}\..*")
"""A signed token (RFC 7519), which begins like this in every link that carries one."""

LOCAL: Final = r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}"
LABEL: Final = r"[A-Za-z0-9\u4e00-\u9fff-]{1,63}"
TOP: Final = r"[A-Za-z]{2,24}(?![A-Za-z0-9-])"
SPOKEN_AT: Final = r"\s?(?:[(\[{<]\s?(?:at|@|艾特)\s?[)\]}>]|艾特)\s?"
SPOKEN_DOT: Final = r"(?:\s?[(\[{]\s?(?:dot|点|點)\s?[)\]}]\s?|\sdot\s|\s?[点點。]\s?)"
DOT: Final = rf"(?:\s?\.\s?|{SPOKEN_DOT})"
EMAIL: Final = re.compile(
    rf"{LOCAL}(?:"
    rf"@(?:{LABEL}(?:\.|。)){{1,5}}{TOP}"
    rf"|{SPOKEN_AT}(?:{LABEL}{DOT}){{1,4}}{TOP}"
    rf"|\sat\s{LABEL}(?:{SPOKEN_DOT}|(?:\.{LABEL}){{1,3}}\sdot\s)(?:{LABEL}{DOT}){{0,3}}{TOP})",
    re.IGNORECASE,
)


@cache
def at_provider() -> re.Pattern[str]:
    """An address at one of the well-known places, however its @ and its dots are written."""
    places = "|".join(map(re.escape, cues()["emails"]["providers"]))
    return re.compile(
        rf"{LOCAL}(?:\s?[@#]\s?|{SPOKEN_AT})(?:vip{DOT})?(?:{places})(?![A-Za-z0-9-])"
        rf"(?:(?:{DOT}|,)[A-Za-z]{{2,3}}(?![A-Za-z0-9-])){{0,2}}",
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
        or any(TOKEN.fullmatch(part) or SECRET.match(part) for part in parts.path.split("/"))
    )


def emails(text: str) -> Iterator[Span]:
    """Find e-mail addresses, also those written to be overlooked: `name(at)example.org`."""
    for pattern in (EMAIL, at_provider()):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), "email")
