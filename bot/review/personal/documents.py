"""Numbers of one person's papers and bank cards, and numbers that only look like them.

A number is judged by its own check digits where it has them (python-stdnum), else by the words
before it.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from stdnum import casrn, isbn, luhn
from stdnum.us import ssn

from bot.review.personal.spans import Span, announced, cues, digits, group

__all__ = ["cards", "ids", "kept"]

CN_ID: Final = re.compile(
    r"(?<![\dA-Za-z])\d(?:[ ./_-]{0,2}\d){16}[ ./_-]{0,2}[\dXx](?![\dA-Za-z])"
)
CN_OLD_ID: Final = re.compile(r"(?<![\dA-Za-z])[1-8]\d{14}(?![\dA-Za-z])")
SSN: Final = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
DOCUMENT: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{0,2}\d[\dA-Z()-]{4,18}(?![A-Za-z0-9])")
PART: Final = r"(?=[A-Za-z]{0,5}\d)[A-Za-z0-9]{1,19}"
IN_GROUPS: Final = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Z]{{1,5}} )?{PART}(?:[ ./-]{PART}){{0,6}}(?: [A-Z])?(?![A-Za-z0-9])"
)
"""A document's number as people group it; only right after the word for the document."""

CARD: Final = re.compile(r"(?<![\d.])\d(?:[ ./_-]{0,2}\d){11,18}(?!\d)")
UNIONPAY: Final = re.compile(r"62(?:[ ./_-]{0,2}\d){14,17}")
"""Chinese bank cards, which nobody else's numbers look like: their check digit is not asked for."""


@cache
def named() -> re.Pattern[str]:
    """A DOI, what may be a CAS number or an ISBN, and a number after a word for what it names."""
    return re.compile(
        r"(?<![\d.])10\.\d{4,9}/[!-~]+"
        r"|(?<!\d)\d{2,7}-\d{2}-\d(?![\d-])"
        r"|(?<![\d-])97[89](?:[ -]?\d){10}(?!\d)"
        rf"|{group('documents', 'kept')}[\s:]{{0,2}}[A-Z]?\d{{5,12}}(?!\d)",
        re.IGNORECASE,
    )


@cache
def other_ids() -> re.Pattern[str]:
    """Identity cards of Hong Kong, British insurance numbers, Chinese plates."""
    return re.compile(
        r"(?<![A-Za-z0-9])(?:"
        r"[A-Z]{1,2}\d{6}\([0-9A]\)"
        r"|(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]"
        rf"|[{cues()['documents']['plates']}][A-Z]·?(?=[A-Z]*\d)[A-Z0-9]{{5,6}}"
        r")(?![A-Za-z0-9])"
    )


def kept(text: str) -> Iterator[Span]:
    """Find numbers that name things: DOI, CAS, ISBN, PMID, trials, approvals of medicines."""
    for match in named().finditer(text):
        found = match.group()
        told = found[:2] == "10" or not found[0].isdigit()
        if told or casrn.is_valid(found) or isbn.is_valid(found):
            yield Span(match.start(), match.end(), "kept")


def ids(text: str) -> Iterator[Span]:
    """Find numbers of identity documents, car plates and social security."""
    for match in CN_ID.finditer(text):
        if born(digits(match.group()[:-1])[6:14]):
            yield document(match)
    for match in CN_OLD_ID.finditer(text):
        old = match.group()
        named = announced(text, match.start(), ("id",))
        if born(f"19{old[6:12]}") and (named or not luhn.is_valid(old)):
            yield document(match)
    yield from map(document, other_ids().finditer(text))
    yield from map(document, filter(lambda found: ssn.is_valid(found[0]), SSN.finditer(text)))
    yield from called(text)


def called(text: str) -> Iterator[Span]:
    """Find what is called a document's number: grouped in any way, if the word is right before."""
    for pattern, near in ((IN_GROUPS, True), (DOCUMENT, False)):
        for match in pattern.finditer(text):
            enough = len(digits(match.group())) > 4
            if enough and announced(text, match.start(), ("id",), near=near):
                yield document(match)


def document(match: re.Match[str]) -> Span:
    """The whole of a match, as a document's number."""
    return Span(match.start(), match.end(), "id")


def born(eight: str) -> bool:
    """Whether eight digits are a day on which somebody alive may have been born.

    Check digits are not asked for: a number mistyped by one digit still tells who it is.
    """
    try:
        return date(1900, 1, 1) <= date.fromisoformat(eight) <= date(2099, 1, 1)
    except ValueError:
        return False


def cards(text: str) -> Iterator[Span]:
    """Find bank cards: 14 to 19 digits that pass Luhn, or any number called a card's.

    Thirteen digits are a bar code; no bank gives out cards with so few any more.
    """
    for match in CARD.finditer(text):
        number = digits(match.group())
        checks = len(number) > 13 and number[0] in "234569" and luhn.is_valid(number)
        ours = UNIONPAY.fullmatch(match.group())
        if checks or ours or announced(text, match.start(), ("card",)):
            yield Span(match.start(), match.end(), "card")
