"""Personal data that only the words before it tell: handles, days of birth, names."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from bot.review.personal.spans import Span, announced, any_of, cues

__all__ = ["births", "handles", "names"]

HANDLE_LINK: Final = (
    r"(?P<sign>(?:\s{0,2}(?:号码?|號碼?|id|handle|username|account|账号|帳號|group))?"
    r"\s{0,2}(?:是|为|為|叫|is)?\s{0,2}[:@=]{0,2}\s{0,2}@?)"
    r"(?P<handle>[A-Za-z0-9][A-Za-z0-9_.#-]{3,31})(?![A-Za-z0-9_])"
)
SIGN: Final = re.compile(r"[:@=号號是]|id|handle|username", re.IGNORECASE)
BARE: Final = re.compile(r"(?<![\w@.])@([A-Za-z][A-Za-z0-9_.]{3,31})(?![A-Za-z0-9_@])")
MONTHS: Final = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|ust|tember|ober|ember)?\.?"
)
DAY: Final = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}(?:\s?[日号號])?"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d"
    r"|(?:19|20)\d\d[01]\d[0-3]\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTHS},?\s(?:19|20)\d\d"
    rf"|(?<![A-Za-z]){MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
BORN_AFTER: Final = re.compile(r"\s?(?:出生|生的|生人)")
LATIN: Final = r"[A-Za-z][A-Za-z'’-]{0,24}"


@cache
def handle_pattern() -> re.Pattern[str]:
    """A service's name, what may stand between, and a handle."""
    words = cues()["cues"]
    return re.compile(
        rf"(?:(?P<sure>{any_of(words['handle_sure'])})|{any_of(words['handle'])}){HANDLE_LINK}",
        re.IGNORECASE,
    )


def handles(text: str) -> Iterator[Span]:
    """Find what people are called on WeChat, QQ, Telegram and the like."""
    for match in handle_pattern().finditer(text):
        found = match["handle"].rstrip(".-")
        if match["sure"] or is_handle(found, match["sign"]):
            yield Span(match.start("handle"), match.start("handle") + len(found), "handle")
    for match in BARE.finditer(text):
        found = match[1].rstrip(".")
        yield Span(match.start(1), match.start(1) + len(found), "handle")


def is_handle(found: str, sign: str) -> bool:
    """Whether a word after a service's name is somebody's handle there."""
    if not re.search(r"[A-Za-z_]", found):
        return re.fullmatch(r"\d{5,12}", found) is not None
    return bool(SIGN.search(sign) or re.search(r"[\d_#]", found))


def births(text: str) -> Iterator[Span]:
    """Find exact days that are said to be somebody's day of birth."""
    for match in DAY.finditer(text):
        if announced(text, match.start(), ("birth",)) or BORN_AFTER.match(text, match.end()):
            yield Span(match.start(), match.end(), "birth")


@cache
def chinese_pattern() -> re.Pattern[str]:
    """A cue, then a surname with one or two characters, a pet name, or a Latin name."""
    names = cues()["names"]
    surname = "".join(sorted(set(names["surnames"]) - set("\n")))
    stop = any_of(names["after"])
    han = r"[\u4e00-\u9fff]"
    given = rf"(?!{stop}){han}(?:(?!{stop}){han})?"
    return re.compile(
        rf"(?:{any_of(names['chinese_cues'])})[:\s是]{{0,3}}"
        rf"(?P<name>(?:{any_of(names['double_surnames'])}){given}|(?!任何)[{surname}]{given}"
        rf"|(?:小(?![区區时時伙孩朋])|阿){han}|[A-Z]{LATIN[8:]}(?:\s[A-Z]{LATIN[8:]})?)"
    )


@cache
def english_pattern() -> re.Pattern[str]:
    """A cue and up to three words; all but the first, or all, begin with a capital."""
    names = cues()["names"]
    no = rf"(?!(?i:{'|'.join(map(re.escape, names['english_not']))})(?![A-Za-z'’-]))"
    capital = rf"{no}[A-Z]{LATIN[8:]}"
    more = rf"(?:\s{capital}){{0,2}}"
    alone = [cue for cue in names["english_cues"] if cue.endswith(":")]
    inside = [cue for cue in names["english_cues"] if not cue.endswith(":")]
    return re.compile(
        rf"(?:(?i:{any_of(names['english_sure'])})\s(?P<sure>{no}{LATIN}{more})"
        rf"|(?i:{any_of(inside)})\s(?P<name>{capital}{more})"
        rf"|(?:^|[.,;\n(])\s{{0,3}}(?i:{any_of(alone)})\s{{0,3}}(?P<field>{capital}{more}))"
    )


def names(text: str) -> Iterator[Span]:
    """Find names of persons after the words that introduce one."""
    for match in chinese_pattern().finditer(text):
        yield Span(match.start("name"), match.end("name"), "name")
    for match in english_pattern().finditer(text):
        group = match.lastgroup
        assert group is not None
        yield Span(match.start(group), match.end(group), "name")
