"""Personal data that only the words before it tell: handles and days of birth."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from bot.review.personal.spans import Span, announced, any_of, cues, group

__all__ = ["births", "handles"]

REDDIT: Final = re.compile(r"(?<![\w/.])u/(?P<handle>[A-Za-z0-9_-]{3,20})(?![A-Za-z0-9_-])")
AMOUNT: Final = re.compile(
    r"\d+(?:\.\d+)?(?:[mkuμ]?g|mcg|mgs|m?l|h|hrs?|min|mins|x)", re.IGNORECASE
)
BARE: Final = re.compile(r"(?<![\w@.])@([A-Za-z][A-Za-z0-9_.]{3,31})(?![A-Za-z0-9_@])")
NUMERALS: Final = "零〇一二三四五六七八九十"
SAID: Final = re.compile(
    rf"[{NUMERALS}]{{2,4}}年[{NUMERALS}]{{1,3}}月[{NUMERALS}]{{1,3}}[日号號]"
    r"|(?<!\d)\d\d年\d{1,2}月\d{1,2}[日号號]"
)
YEARLESS: Final = re.compile(
    rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})月(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})[日号號]"
)
"""A day of the year: somebody's only right after the word for a birthday."""


@cache
def handle_pattern() -> re.Pattern[str]:
    """A service's name, what may stand between, and a handle."""
    words = cues()["cues"]
    return re.compile(
        rf"(?:(?P<sure>{any_of(words['handle_sure'])})|{any_of(words['handle'])})"
        rf"(?P<sign>(?:\s{{0,2}}{group('cues', 'handle_joining')})?"
        rf"\s{{0,2}}{group('cues', 'handle_is')}?\s{{0,2}}[:@=]{{0,2}}\s{{0,2}}@?)"
        r"(?P<handle>[A-Za-z0-9][A-Za-z0-9_.#-]{3,31})(?![A-Za-z0-9_])",
        re.IGNORECASE,
    )


@cache
def signs() -> re.Pattern[str]:
    """What between a service and a word says that the word is a handle."""
    return re.compile(rf"[:@=]|{group('cues', 'handle_sign')}", re.IGNORECASE)


@cache
def days() -> re.Pattern[str]:
    """A day with its year, in figures or with the name of the month."""
    month = rf"{group('cues', 'months')}\.?"
    return re.compile(
        r"(?<!\d)(?:(?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}(?:\s?[日号號])?"
        r"|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d"
        r"|(?:19|20)\d\d[01]\d[0-3]\d"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{month},?\s(?:19|20)\d\d"
        rf"|(?<![A-Za-z]){month}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    )


@cache
def born_after() -> re.Pattern[str]:
    """What follows a day on which somebody was born."""
    return re.compile(rf"\s?{group('cues', 'birth_after')}")


def handles(text: str) -> Iterator[Span]:
    """Find what people are called on WeChat, QQ, Telegram and the like."""
    for match in handle_pattern().finditer(text):
        found = match["handle"].rstrip(".-")
        if match["sure"] or is_handle(found, match["sign"]):
            yield Span(match.start("handle"), match.start("handle") + len(found), "handle")
    for pattern in (in_groups(), at_han()):
        for match in pattern.finditer(text):
            yield Span(match.start("handle"), match.end("handle"), "handle")
    for match in REDDIT.finditer(text):
        yield Span(match.start("handle"), match.end("handle"), "handle")
    for match in BARE.finditer(text):
        found = match[1].rstrip(".")
        yield Span(match.start(1), match.start(1) + len(found), "handle")


@cache
def in_groups() -> re.Pattern[str]:
    """A number at QQ and the like, written in groups."""
    return re.compile(
        rf"(?:{any_of(cues()['cues']['handle_numbers'])})(?:号码?|號碼?)?[\s:是]{{0,3}}"
        r"(?P<handle>\d{2,4}(?:[ -]\d{2,4}){1,3})(?!\d)",
        re.IGNORECASE,
    )


@cache
def at_han() -> re.Pattern[str]:
    """A service, an @ and a name in Chinese characters."""
    words = cues()["cues"]
    return re.compile(
        rf"(?:{any_of([*words['handle'], *words['handle_sure']])})[\s:是]{{0,3}}@"
        r"(?P<handle>[\w\u4e00-\u9fff-]{2,16})",
        re.IGNORECASE,
    )


def is_handle(found: str, sign: str) -> bool:
    """Whether a word after a service's name is somebody's handle there, and no amount."""
    if AMOUNT.fullmatch(found):
        return False
    if not re.search(r"[A-Za-z_]", found):
        return re.fullmatch(r"\d{5,12}", found) is not None
    return bool(signs().search(sign) or re.search(r"[\d_#]", found))


def births(text: str) -> Iterator[Span]:
    """Find exact days that are said to be somebody's day of birth."""
    for pattern in (days(), SAID):
        for match in pattern.finditer(text):
            told = announced(text, match.start(), ("birth",))
            if told or born_after().match(text, match.end()):
                yield Span(match.start(), match.end(), "birth")
    for match in YEARLESS.finditer(text):
        if announced(text, match.start(), ("birth",), near=True):
            yield Span(match.start(), match.end(), "birth")
