"""Postal addresses, Chinese and English: a street or an estate with a number on it."""

import re
from collections.abc import Iterator
from typing import Final

from bot.review.personal.spans import Span

__all__ = ["addresses"]

HAN: Final = r"[\u4e00-\u9fff]"
UNIT: Final = (
    r"(?:\d{1,5}(?:-\d{1,4})?|[A-Z])"
    r"(?:号楼|號樓|号院|号|號|弄|栋|棟|幢|座|单元|單元|室|楼|樓|层|層|塔|巷)"
)
STREET: Final = (
    r"(?:大道|路|街|巷|胡同|村|小区|小區|社区|社區|花园|花園|公寓|苑|家园|广场|大厦|科技园|宿舍)"
)
DOOR: Final = re.compile(
    rf"{STREET}[东西南北中東]?(?:[一二三四五六七八九十]段|[一二三四五六七八九十]路)?"
    rf"{UNIT}(?:{HAN}{{0,10}}?{UNIT}){{0,4}}(?:\d{{3,4}}(?!\d)室?)?"
)
RUN: Final = re.compile(rf"{HAN}{{1,24}}$")
LEAD: Final = re.compile(r"住在|地址是?|住址是?|家在|位于|位於|送到|住|在|到|来|來|去|是")
REGION: Final = re.compile(r"[省市区區县縣旗镇鎮乡鄉]")
POSTCODE: Final = r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
WAYS: Final = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|"
    r"Terrace|Square|Crescent|Close|Highway|Hwy|Parkway|Gardens)"
)
ENGLISH: Final = re.compile(
    rf"(?<![\w.])\d{{1,5}}[A-Z]?\s(?:(?:[A-Z][\w'’.-]{{0,20}}\s){{1,4}}{WAYS}"
    r"|(?!(?:on|the|of|in|at|per|a|off|from|to|for)\s)[a-z]{3,20}\s(?:street|avenue|boulevard))"
    r"\b\.?(?:,?\s(?:[Aa]pt|[Aa]partment|[Uu]nit|[Ff]lat|[Ss]uite|#)\.?\s?\w{1,5})?"
    r"(?:,\s?[A-Z][A-Za-z]{1,20}(?:\s[A-Z][a-z]{1,20})?)?"
    rf"(?:,?\s[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?|,?\s{POSTCODE})?"
)
ALONE: Final = re.compile(rf"(?<![\w-]){POSTCODE}(?![\w-])")


def addresses(text: str) -> Iterator[Span]:
    """Find addresses precise enough to find a door; a town or a street alone is kept."""
    for match in DOOR.finditer(text):
        yield Span(beginning(text, match.start()), match.end(), "address")
    for pattern in (ENGLISH, ALONE):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), "address")


def beginning(text: str, street: int) -> int:
    """Where the address begins whose word for street is at `street`.

    After the last word such as `住在` of the run of Chinese before it; without one, three
    characters before the first region named there, or four before the street.
    """
    run = RUN.search(text[max(0, street - 24) : street])
    if run is None:
        return street
    words = run.group()
    leads = [lead.end() for lead in LEAD.finditer(words) if lead.end() < len(words)]
    if leads:
        return street - len(words) + leads[-1]
    region = REGION.search(words)
    return street - len(words) + max(0, region.start() - 3 if region else len(words) - 4)
