"""Numbers that belong to one person: documents, bank cards, telephones.

A number is judged by its own check digits or by the numbering plan where it has them
(python-stdnum, phonenumbers), else by the words before it.
"""

import re
from collections.abc import Iterator
from datetime import date
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
from stdnum import casrn, isbn, luhn
from stdnum.us import ssn

from bot.review.personal.spans import Span, announced, cues

__all__ = ["cards", "ids", "kept", "phones"]

KEPT: Final = re.compile(
    r"(?<![\d.])10\.\d{4,9}/[!-~]+"
    r"|(?<!\d)\d{2,7}-\d{2}-\d(?![\d-])"
    r"|(?<![\d-])97[89](?:[ -]?\d){10}(?!\d)"
    r"|(?:PMID|PMC|NCT|ISRCTN|国药准字|批准文号)[\s:]{0,2}[A-Z]?\d{5,12}(?!\d)",
    re.IGNORECASE,
)
CN_ID: Final = re.compile(r"(?<![\dA-Za-z])\d(?:[ -]?\d){16}[ -]?[\dXx](?![\dA-Za-z])")
CN_OLD_ID: Final = re.compile(r"(?<![\dA-Za-z])[1-8]\d{14}(?![\dA-Za-z])")
OTHER_ID: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"[A-Z]{1,2}\d{6}\([0-9A]\)"
    r"|(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]·?(?=[A-Z]*\d)[A-Z0-9]{5,6}"
    r")(?![A-Za-z0-9])"
)
SSN: Final = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
DOCUMENT: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{0,2}\d[\dA-Z()-]{4,18}(?![A-Za-z0-9])")
CARD: Final = re.compile(r"(?<![\d.])\d(?:[ -]?\d){11,18}(?!\d)")
UNIONPAY: Final = re.compile(r"(?<![\d.])62(?:[ -]?\d){14,17}(?!\d)")
"""Chinese bank cards, which nobody else's numbers look like: their check digit is not asked for."""

ABROAD: Final = re.compile(r"(?<![\d.+])(?:\+|00)[1-9](?:[ ().-]{0,2}\d){8,13}(?!\d)")
CN_MOBILE: Final = re.compile(r"(?<![\d.])(?:(?:\+|00)?86[ -]?)?1[ -]?[3-9](?:[ -]?\d){9}(?!\d)")
SPELLED: Final = re.compile(r"[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}")
DIGITS: Final = re.compile(r"(?<![\d.])[+(]?\d(?:[ ().-]{0,2}\d){6,14}(?!\d)")
FREE: Final = (
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.UAN,
)
"""Kinds of telephone number that no person has at home: help lines have them."""


def digits(text: str) -> str:
    """The digits of `text` alone."""
    return "".join(each for each in text if each.isdigit())


def kept(text: str) -> Iterator[Span]:
    """Find numbers that name things: DOI, CAS, ISBN, PMID, trials, approvals of medicines."""
    for match in KEPT.finditer(text):
        found = match.group()
        named = found[:2] == "10" or not found[0].isdigit()
        if named or casrn.is_valid(found) or isbn.is_valid(found):
            yield Span(match.start(), match.end(), "kept")


def ids(text: str) -> Iterator[Span]:
    """Find numbers of identity documents, car plates and social security."""
    for match in CN_ID.finditer(text):
        if born(digits(match.group()[:-1])[6:14]):
            yield Span(match.start(), match.end(), "id")
    for match in CN_OLD_ID.finditer(text):
        old = match.group()
        if born(f"19{old[6:12]}") and (
            announced(text, match.start(), ("id",)) or not luhn.is_valid(old)
        ):
            yield Span(match.start(), match.end(), "id")
    for match in OTHER_ID.finditer(text):
        yield Span(match.start(), match.end(), "id")
    for match in SSN.finditer(text):
        if ssn.is_valid(match.group()):
            yield Span(match.start(), match.end(), "id")
    for match in DOCUMENT.finditer(text):
        if len(digits(match.group())) > 4 and announced(text, match.start(), ("id",)):
            yield Span(match.start(), match.end(), "id")


def born(eight: str) -> bool:
    """Whether eight digits are a day on which somebody alive may have been born.

    Check digits are not asked for: a number mistyped by one digit still tells who it is.
    """
    try:
        return date(1900, 1, 1) <= date.fromisoformat(eight) <= date(2099, 1, 1)
    except ValueError:
        return False


def cards(text: str) -> Iterator[Span]:
    """Find bank cards: 13 to 19 digits that pass Luhn, or any number called a card's."""
    for match in CARD.finditer(text):
        number = digits(match.group())
        checks = len(number) > 12 and number[0] in "234569" and luhn.is_valid(number)
        ours = UNIONPAY.fullmatch(match.group())
        if checks or ours or announced(text, match.start(), ("card",)):
            yield Span(match.start(), match.end(), "card")


def abroad(raw: str) -> bool:
    """Whether a number with a country's code is as long as that country's numbers are."""
    try:
        return is_possible_number(parse(f"+{digits(raw).lstrip('0')}"))
    except NumberParseException:
        return False


def phones(text: str) -> Iterator[Span]:
    """Find telephone numbers; short ones, toll-free ones and shared-cost ones are kept."""
    for pattern in (CN_MOBILE, SPELLED):
        for match in pattern.finditer(text):
            yield phone(match)
    for match in ABROAD.finditer(text):
        if abroad(match.group()):
            yield phone(match)
    if len(digits(text)) < 7:
        return
    for region in cues()["phones"]["regions"]:
        for found in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
            yield Span(found.start, found.end, "kept" if free(found.number) else "phone")
    for match in DIGITS.finditer(text):
        if announced(text, match.start(), ("phone",)):
            yield phone(match)


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
