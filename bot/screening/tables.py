"""Tables of strengths inside a passage: knowing them, and hiding them alone.

The box at the head of a page holds names, doses, durations and interactions in one passage.
Where the rows of amounts can be told from the rest they become one mark, and the rest is shown;
where they cannot, the passage is withheld whole. Sentences that give a schedule are hidden alike.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from bot.answer import MARK
from bot.screening.amounts.normalise import normalise
from bot.screening.doses import Finding, find, mask
from bot.screening.policy import policy
from bot.vocabulary.matching import alternatives
from embeddings.text.sentences import sentences

__all__ = ["goes_on", "headed", "rows_hidden"]

_CELL_NUMBER = re.compile(
    r"(?<=\|)[ ]?[<>~≈]?[ ]?\d[\d.,]*(?:[ ]?[-~][ ]?\d[\d.,]*)?[ ]?\+?[ ]?(?=\|)"
)
_ROW = re.compile(r"\||^.{1,8}[:：]")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_SEPARATOR = re.compile(r"[|:：]")
# A number of its own, not one of a name: 25I-NBOMe, 2-FA.
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9-])\d[\d.,]*(?:\s?[-~–]\s?\d[\d.,]*)?(?![A-Za-z0-9_]|-[A-Za-z])"
)
_CELLS = 6
_HEADING = 40
_ROW_LENGTH = 160
"""Code points; a longer line is prose, or a whole table in one line."""


@cache
def _header_unit() -> re.Pattern[str]:
    """A unit that stands by itself in a cell or in brackets."""
    unit = f"(?:{alternatives(policy().header_units)})"
    return re.compile(rf"[(\[/ |]{unit}(?:/kg)?[)\] |]")


@cache
def _lasts() -> re.Pattern[str]:
    """How long something lasts."""
    return re.compile(rf"\d\s?(?:{alternatives(policy().lasts)}|h\b)")


def headed(text: str) -> bool:
    """Whether a table's unit stands in its header, so that its cells hold bare numbers."""
    if "|" not in text:
        return False
    plain = normalise(text).text.lower()
    told = _header_unit().search(plain) or _columns(text)
    return bool(told) and len(_CELL_NUMBER.findall(plain)) >= 2


def _columns(text: str) -> bool:
    """Whether a row without digits names strengths, as the header of their columns."""
    return any(
        line.count("|") > 1
        and not _DIGIT.search(line)
        and sum(cell.strip().lower() in policy().strengths for cell in line.split("|")) > 1
        for line in text.split("\n")
    )


def goes_on(before: str, text: str) -> bool:
    """Whether `text` begins with rows of a table that was cut, whose header with the unit stands
    in the passage before.
    """
    if not headed(before):
        return False
    row, first = before.rsplit("\n", 1)[-1], text.split("\n", 1)[0]
    alike = row.count("|") == first.count("|") > 0
    return alike and _bare(first)


def rows_hidden(
    text: str, findings: Sequence[Finding], reason: Literal["table", "schedule"]
) -> tuple[Finding, ...] | None:
    """One finding for each run of rows of a table, or of sentences of a schedule, that hold what
    `findings` hide; None where the passage must be withheld whole: too little is left, or a row
    may still tell something.
    """
    table = reason == "table"
    blocks: list[Finding] = []
    for start, end in _lines(text) if table else sentences(text):
        line = text[start:end]
        hit = any(f.start < end and f.end > start for f in findings)
        if table and (_unsafe(line) if not hit else not _is_row(line)):
            return None
        if hit and blocks and not text[blocks[-1].end : start].strip():
            start = blocks.pop().start
        if hit:
            blocks.append(Finding(start, end, reason))
    return tuple(blocks) if blocks and _enough(mask(text, blocks).text) else None


def _is_row(line: str) -> bool:
    if len(line) <= _HEADING or line.count("|") >= _CELLS:
        return True
    return len(line) <= _ROW_LENGTH and bool(_ROW.search(line))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _unsafe(line: str) -> bool:
    """Whether a row beside the amounts holds bare numbers, or the name of a strength and any."""
    if not _DIGIT.search(line):
        return False
    cells = (cell.strip(" *#-").lower() for cell in _SEPARATOR.split(line))
    strength = next(filter(None, cells), "") in policy().strengths
    told = strength and _NUMBER.search(line) and not _lasts().search(line)
    return bool(told) or _bare(line)


def _bare(line: str) -> bool:
    return bool("|" in line and _CELL_NUMBER.search(f"|{normalise(line).text.lower()}|"))


def _enough(shown: str) -> bool:
    """Whether what is left tells how long something lasts, or is a text; and no amount."""
    if headed(shown) or find(shown):
        return False
    letters = len(_LETTER.findall(shown.replace(MARK, "")))
    return letters >= policy().letters_beside_table or bool(_lasts().search(shown))
