"""Addresses of the net: e-mail, and links that would let a reader in or tell who someone is."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from bot.review.personal.spans import Span, cues, group

__all__ = ["emails", "urls"]

TOKEN: Final = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_-]{16,}")
SECRET: Final = re.compile(r"eyJ[A-Za-z0-9_-]{6,}\..*")
"""A signed token (RFC 7519), which begins like this in every link that carries one."""

LOCAL: Final = r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}"
LABEL: Final = r"[A-Za-z0-9\u4e00-\u9fff-]{1,63}"
TOP: Final = r"[A-Za-z]{2,24}(?![A-Za-z0-9-])"


@cache
def link() -> re.Pattern[str]:
    """An address with its scheme, or at one of the hosts that need none."""
    return re.compile(
        rf"(?:https?://|www\.|(?<![\w.-]){group('links', 'hosts')}/)"
        r"[^\s<>\"\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]+",
        re.IGNORECASE,
    )


def spoken() -> tuple[str, str]:
    """How @ and a dot are written to be overlooked."""
    at, dot = group("emails", "at"), group("emails", "dot")
    return (
        rf"\s?(?:[(\[{{<]\s?{at}\s?[)\]}}>]|{group('emails', 'at_alone')})\s?",
        rf"(?:\s?[(\[{{]\s?{dot}\s?[)\]}}]\s?|\sdot\s|\s?{group('emails', 'dot_alone')}\s?)",
    )


@cache
def address() -> re.Pattern[str]:
    """An address whose domain ends in a top one, as it is written and as it is said."""
    at, dot = spoken()
    any_dot = rf"(?:\s?\.\s?|{dot})"
    return re.compile(
        rf"{LOCAL}(?:"
        rf"@(?:{LABEL}(?:\.|。)){{1,5}}{TOP}"
        rf"|{at}(?:{LABEL}{any_dot}){{1,4}}{TOP}"
        rf"|\sat\s{LABEL}(?:{dot}|(?:\.{LABEL}){{1,3}}\sdot\s)(?:{LABEL}{any_dot}){{0,3}}{TOP})",
        re.IGNORECASE,
    )


@cache
def at_provider() -> re.Pattern[str]:
    """An address at one of the well-known places, however its @ and its dots are written."""
    at, dot = spoken()
    any_dot = rf"(?:\s?\.\s?|{dot})"
    places = group("emails", "providers")
    return re.compile(
        rf"{LOCAL}(?:\s?[@#]\s?|{at})(?:vip{any_dot})?{places}(?![A-Za-z0-9-])"
        rf"(?:(?:{any_dot}|,)[A-Za-z]{{2,3}}(?![A-Za-z0-9-])){{0,2}}",
        re.IGNORECASE,
    )


def urls(text: str) -> Iterator[Span]:
    """Find links; one that opens nothing and names nobody is kept whole."""
    for match in link().finditer(text):
        found = match.group().rstrip(".,;:!?)]'")
        kind = "url" if tells(found) else "kept"
        yield Span(match.start(), match.start() + len(found), kind)  # type: ignore[arg-type]


def tells(found: str) -> bool:
    """Whether a link carries a token, a query, a user, or leads to somebody's own place."""
    try:
        parts = urlsplit(found if "://" in found else f"https://{found}")
    except ValueError:
        return True
    host = parts.netloc.rpartition("@")[2].lower().removeprefix("www.")
    return (
        "@" in parts.netloc
        or bool(parts.query or parts.fragment)
        or host in cues()["links"]["invites"]
        or any(TOKEN.fullmatch(part) or SECRET.match(part) for part in parts.path.split("/"))
    )


def emails(text: str) -> Iterator[Span]:
    """Find e-mail addresses, also those written to be overlooked: `name(at)example.org`."""
    for pattern in (address(), at_provider()):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), "email")
