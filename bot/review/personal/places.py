"""Postal addresses, Chinese and English: a street or an estate with a number on it."""

import re
from collections.abc import Iterator
from typing import Final

from bot.review.personal.spans import Span

__all__ = ["addresses"]

HAN: Final = r"[\u4e00-\u9fff]"
UNIT: Final = (
    r"(?:\d{1,5}(?:-\d{1,4})?|[A-Z])"
    r"(?:号楼|號樓|号院|號院|(?:号|號)(?![线線])|弄|栋|棟|幢|座|单元|單元|室|楼|樓|层|層|塔|巷)"
)
STREET: Final = (
    r"(?:大道|路|街|巷|胡同|村|小区|小區|社区|社區|花园|花園|公寓|苑|家园|家園|广场|廣場|大厦|大廈|科技园|宿舍|新村|坊"
    r"|(?<![知味通频頻难難报報])道)"
)
DOOR: Final = re.compile(
    rf"{STREET}[东西南北中東]?(?:[一二三四五六七八九十]段|[一二三四五六七八九十]路)?"
    rf"{UNIT}(?:{HAN}{{0,10}}?{UNIT}){{0,4}}(?:\d{{3,4}}(?!\d)室?)?"
)
INNER: Final = re.compile(
    rf"(?:[一二三四五六七八九十\d]{{1,2}}(?:区|區|期))?{UNIT}{UNIT}(?:{UNIT})?(?:\d{{3,4}}(?!\d)室?)?"
)
"""A building with what is in it; no street is needed to find the door."""

HOTEL: Final = re.compile(
    rf"(?:酒店|宾馆|賓館|旅馆|旅館|民宿|招待所|旅舍)(?:\({HAN}{{1,12}}\))?{HAN}{{0,4}}\d{{3,4}}(?:号房|號房|房间|房間|房|室)?(?!\d)"
)
RUN: Final = re.compile(rf"{HAN}{{1,24}}$")
LEAD: Final = re.compile(
    r"住在|地址是?|住址是?|家在|家住|人在|位于|位於|送到|住|在|到|来|來|去|是|我家"
)
SHORT: Final = 10
"""Characters before a street that are taken whole: a city, a district and the street's name."""

REGION: Final = re.compile(r"[省市区區县縣旗镇鎮乡鄉]")
POSTCODE: Final = r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
WAYS: Final = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|"
    r"Terrace|Square|Crescent|Close|Highway|Hwy|Parkway|Gardens)"
)
FLAT: Final = r"(?:[Aa]pt|[Aa]partment|[Uu]nit|[Ff]lat|[Ss]uite|[Rr]oom|[Rr]m)\.?\s?\w{1,5}"
TAIL: Final = (
    rf"(?:,?\s(?:{FLAT}|#\s?\w{{1,5}}))?"
    r"(?:,?\s(?:[A-Z][A-Za-z]{1,20})(?:\s[A-Z][a-z]{1,20})?)?"
    rf"(?:,?\s[A-Z]{{2,3}}(?:\s\d{{4,5}}(?:-\d{{4}})?)?(?![A-Za-z\d])|,?\s{POSTCODE})?"
)
LOWER: Final = (
    r"(?!(?:on|the|of|in|at|per|a|off|from|to|for|mile|miles|min|mins|minute|minutes|hour|hours|day|"
    r"days|week|weeks|long|more|man|men|people|year|years|bad)\s)[a-z]{3,20}\s"
    r"(?:street|avenue|boulevard|road|lane|crescent|terrace)"
)
ENGLISH: Final = re.compile(
    rf"(?:{FLAT},?\s|[Uu]nit\s|[Ff]lat\s)?(?<![\w.])\d{{1,5}}(?:/\d{{1,5}})?[A-Z]?\s(?:[NSEW]\.?\s)?"
    rf"(?:(?:(?:[A-Z][\w'’.-]{{0,20}}|\d{{1,3}}(?:st|nd|rd|th))\s){{1,4}}{WAYS}|{LOWER})\b\.?{TAIL}"
)
ABROAD: Final = re.compile(
    r"(?<![\w.])\d{1,4}(?:\s(?:bis|ter))?,?\s"
    r"(?:[Rr]ue|[Cc]hemin|[Aa]llée|[Cc]alle|[Vv]ia|[Rr]ua|[Pp]iazza|[Pp]laza)\s"
    r"(?:(?:de|du|des|la|le|les|del|della|el|los|las|do|da)\s){0,3}[A-Z][\w'’-]{1,20}"
    r"|(?<!\w)[A-ZÄÖÜ][a-zäöüß]{2,20}(?:stra(?:ß|ss)e|str\.|weg|platz)\s\d{1,4}[a-z]?(?!\w)"
)
BOX: Final = re.compile(
    r"(?<!\w)(?:P\.?\s?O\.?\s)[Bb]ox\s\d{1,6}(?:,?\s[A-Z][A-Za-z]{1,20}){0,2}"
    r"(?:,?\s[A-Z]{2}\s\d{5})?"
)
CORNER: Final = re.compile(
    r"(?<!\w)corner of\s(?:[A-Z]\w{1,20}|\d{1,3}(?:st|nd|rd|th))\s(?:and|&)\s"
    r"(?:[A-Z]\w{1,20}|\d{1,3}(?:st|nd|rd|th))"
)
ALONE: Final = re.compile(rf"(?<![\w-]){POSTCODE}(?![\w-])")


def addresses(text: str) -> Iterator[Span]:
    """Find addresses precise enough to find a door; a town or a street alone is kept."""
    for pattern in (DOOR, INNER, HOTEL):
        for match in pattern.finditer(text):
            yield Span(beginning(text, match.start()), match.end(), "address")
    for pattern in (ENGLISH, ABROAD, BOX, CORNER, ALONE):
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
    words = run.group()
    leads = [lead.end() for lead in LEAD.finditer(words) if lead.end() < len(words)]
    if leads:
        return street - len(words) + leads[-1]
    if len(words) <= SHORT:
        return street - len(words)
    region = REGION.search(words)
    return street - len(words) + max(0, region.start() - 3 if region else len(words) - 4)
