"""Postal addresses, Chinese and English: a street or an estate with a number on it.

The words are those of `[places]` in `redaction.toml`.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from bot.review.personal.spans import Span, cues, group

__all__ = ["addresses"]

HAN: Final = r"[\u4e00-\u9fff]"
RUN: Final = re.compile(rf"{HAN}{{1,24}}$")
SHORT: Final = 10
"""Characters before a street that are taken whole: a city, a district and the street's name."""

POSTCODE: Final = r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
TITLED: Final = r"[A-Z][A-Za-z]{1,20}"
ALONE: Final = re.compile(rf"(?<![\w-]){POSTCODE}(?![\w-])")


def words(name: str) -> str:
    """A group for the words of one list of `[places]`."""
    return group("places", name)


@cache
def chinese() -> tuple[re.Pattern[str], ...]:
    """A door in a street, a building with what is in it, a room of a hotel.

    A building needs no street to be found.
    """
    unit = rf"(?:\d{{1,5}}(?:-\d{{1,4}})?|[A-Z])(?!{words('no_units')}){words('units')}"
    no_street = "".join(rf"(?<!{re.escape(word)})" for word in cues()["places"]["no_streets"])
    room = rf"(?:\d{{3,4}}(?!\d){words('flats')}?)?"
    numeral = "[一二三四五六七八九十]"
    door = (
        rf"{words('streets')}{no_street}{words('directions')}?(?:{numeral}{words('parts')})?"
        rf"{unit}(?:{HAN}{{0,10}}?{unit}){{0,4}}{room}"
    )
    inner = rf"(?:[一二三四五六七八九十\d]{{1,2}}{words('blocks')})?{unit}{unit}(?:{unit})?{room}"
    hotel = rf"{words('hotels')}(?:\({HAN}{{1,12}}\))?{HAN}{{0,4}}\d{{3,4}}{words('rooms')}?(?!\d)"
    return re.compile(door), re.compile(inner), re.compile(hotel)


@cache
def english() -> tuple[re.Pattern[str], ...]:
    """A number in a street, a box at the post office, a corner, a post code."""
    flat = rf"{words('english_flats')}\.?\s?\w{{1,5}}"
    tail = (
        rf"(?:,?\s(?:{flat}|#\s?\w{{1,5}}))?"
        rf"(?:,?\s(?:{TITLED})(?:\s[A-Z][a-z]{{1,20}})?)?"
        rf"(?:,?\s[A-Z]{{2,3}}(?:\s\d{{4,5}}(?:-\d{{4}})?)?(?![A-Za-z\d])|,?\s{POSTCODE})?"
    )
    ordinal = r"\d{1,3}(?:st|nd|rd|th)"
    lower = rf"(?!{words('no_names')}\s)[a-z]{{3,20}}\s{words('roads')}"
    upper = rf"(?:(?:[A-Z][\w'’.-]{{0,20}}|{ordinal})\s){{1,4}}{words('ways')}"
    return tuple(
        map(
            re.compile,
            (
                rf"(?:{flat},?\s|{words('before_number')}\s)?(?<![\w.])\d{{1,5}}(?:/\d{{1,5}})?"
                rf"[A-Z]?\s(?:[NSEW]\.?\s)?(?:{upper}|{lower})\b\.?{tail}",
                rf"(?<!\w)(?:P\.?\s?O\.?\s)[Bb]ox\s\d{{1,6}}(?:,?\s{TITLED}){{0,2}}"
                r"(?:,?\s[A-Z]{2}\s\d{5})?",
                rf"(?<!\w)corner of\s(?:[A-Z]\w{{1,20}}|{ordinal})\s(?:and|&)\s"
                rf"(?:[A-Z]\w{{1,20}}|{ordinal})",
            ),
        )
    )


@cache
def abroad() -> re.Pattern[str]:
    """`12, rue de la Paix`, `Hauptstraße 5`."""
    return re.compile(
        rf"(?<![\w.])\d{{1,4}}(?:\s(?:bis|ter))?,?\s{words('ways_abroad')}\s"
        rf"(?:{words('articles')}\s){{0,3}}[A-Z][\w'’-]{{1,20}}"
        rf"|(?<!\w)[A-ZÄÖÜ][a-zäöüß]{{2,20}}{words('german_endings')}\s\d{{1,4}}[a-z]?(?!\w)"
    )


@cache
def leads() -> re.Pattern[str]:
    """The words after which an address begins."""
    return re.compile(words("leads"))


@cache
def regions() -> re.Pattern[str]:
    """What the name of a region ends in."""
    return re.compile(words("regions"))


def addresses(text: str) -> Iterator[Span]:
    """Find addresses precise enough to find a door; a town or a street alone is kept."""
    for pattern in chinese():
        for match in pattern.finditer(text):
            yield Span(beginning(text, match.start()), match.end(), "address")
    for pattern in (*english(), abroad(), ALONE):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), "address")


def beginning(text: str, street: int) -> int:
    """Where the address begins whose word for street is at `street`.

    After the last word such as `住在` of the run of Chinese before it; without one, where that run
    begins if it is short, else three characters before the first region named there, or four
    before the street.
    """
    run = RUN.search(text[max(0, street - 24) : street])
    if run is None:
        return street
    before = run.group()
    begun = [lead.end() for lead in leads().finditer(before) if lead.end() < len(before)]
    if begun:
        return street - len(before) + begun[-1]
    if len(before) <= SHORT:
        return street - len(before)
    region = regions().search(before)
    return street - len(before) + max(0, region.start() - 3 if region else len(before) - 4)
