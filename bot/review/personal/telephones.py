"""Telephone numbers: by the numbering plan (phonenumbers), by the words before them, spelled out.

Numbers that no person has at home are kept: short ones, toll-free ones, and what is called a
help line's.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from phonenumbers import (
    Leniency,
    NumberParseException,
    PhoneNumber,
    PhoneNumberMatcher,
    PhoneNumberType,
    is_possible_number,
    is_valid_number,
    number_type,
    parse,
)

from bot.review.personal.spans import Span, announced, any_of, cues, digits

__all__ = ["phones"]

ABROAD: Final = re.compile(r"(?<![\d.+])(?:\(?\+|00 ?)[1-9](?:[ ().-]{0,2}\d){8,13}(?!\d)")
CN_MOBILE: Final = re.compile(
    r"(?<![\d.])(?:\(?(?:\+|00)?86\)?[ -]{0,2})?(?:"
    r"1[ -]{0,2}[3-9](?:[ -]{0,2}\d){9}"
    r"|1[3-9]\d([._/])\d{4}\1\d{4}|1[3-9]\d\d([._/])\d{3}\2\d{4})(?!\d)"
)
NUMERAL: Final = "0-9零〇一二三四五六七八九幺壹贰貳叁參肆伍陆陸柒捌玖"
SPELLED: Final = re.compile(
    rf"(?<![{NUMERAL}.])[1一幺壹][ -]{{0,2}}[3-9三四五六七八九叁參肆伍陆陸柒捌玖]"
    rf"(?:[ -]{{0,2}}[{NUMERAL}]){{9}}(?![{NUMERAL}])"
)
SAID: Final = re.compile(rf"(?<![{NUMERAL}])[{NUMERAL}](?:[ -]?[{NUMERAL}]){{6,14}}")
WORD: Final = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"
IN_WORDS: Final = re.compile(
    rf"(?<![A-Za-z]){WORD}(?:[\s,-]{{1,2}}{WORD}){{6,15}}(?![A-Za-z])", re.IGNORECASE
)
DIGITS: Final = re.compile(r"(?<![\d.])[+(]?\d(?:[ ()._/,-]{0,3}\d){6,14}(?!\d)")
BETWEEN: Final = r"[:\s是为為]{0,3}"
FREE: Final = (
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.UAN,
)
"""Kinds of telephone number that no person has at home: help lines have them."""


def phones(text: str) -> Iterator[Span]:
    """Find telephone numbers; short ones, toll-free ones and shared-cost ones are kept."""
    yield from help_lines(text)
    for match in ABROAD.finditer(text):
        if abroad(match.group()):
            yield phone(match)
    for pattern in (CN_MOBILE, SPELLED, IN_WORDS):
        for match in pattern.finditer(text):
            yield phone(match)
    yield from of_regions(text)
    for pattern in (DIGITS, SAID):
        for match in pattern.finditer(text):
            if announced(text, match.start(), ("phone",)):
                yield phone(match)


def help_lines(text: str) -> Iterator[Span]:
    """Find numbers right after the words for a help line, to be kept: nobody lives there."""
    for match in help_line().finditer(text):
        yield Span(match.start("number"), match.end("number"), "kept")


@cache
def help_line() -> re.Pattern[str]:
    """The words for a help line, and the number after them."""
    words = any_of(cues()["phones"]["help_lines"])
    return re.compile(
        rf"(?:{words}){BETWEEN}(?P<number>(?!1[3-9]\d{{9}})\d(?:[ -]?\d){{2,11}})(?!\d)",
        re.IGNORECASE,
    )


def abroad(raw: str) -> bool:
    """Whether a number with a country's code is as long as that country's numbers are."""
    try:
        return is_possible_number(parse(f"+{digits(raw).lstrip('0')}"))
    except NumberParseException:
        return False


def of_regions(text: str) -> Iterator[Span]:
    """Find numbers that are valid in a region whose numbers are known without a cue."""
    if len(digits(text)) < 7:
        return
    for region in cues()["phones"]["regions"]:
        for found in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
            if not listed(found.raw_string):
                yield Span(found.start, found.end, "kept" if free(found.number) else "phone")


def listed(raw: str) -> bool:
    """Whether digits stand in pairs, as amounts and years in a list do; no region groups so."""
    groups = re.findall(r"\d+", raw)
    return len(groups) > 3 and max(map(len, groups)) < 3


def phone(match: re.Match[str]) -> Span:
    """The number that `match` found, to be kept if it is nobody's own.

    Eleven digits in a row from 1 on are a Chinese mobile, though some are American help lines.
    """
    found = match.group()
    kept = not re.fullmatch(r"1\d{10}|1\d\d([ -])\d{4}\1\d{4}", found) and freephone(found)
    return Span(match.start(), match.end(), "kept" if kept else "phone")


def free(number: PhoneNumber) -> bool:
    """Whether a valid number is of a kind that no person has at home."""
    return number_type(number) in FREE


def freephone(raw: str) -> bool:
    """Whether `raw` is a number of that kind in any region that is known without a cue."""
    for region in cues()["phones"]["regions"]:
        try:
            number = parse(raw, region)
        except NumberParseException:
            continue
        if is_valid_number(number) and free(number):
            return True
    return False
