"""White space that typesetting left inside numbers: `0. 5`, `1 000~1 600`, `28. 9%`.

A full stop between two numbers may also end a sentence (`on day 7. 12 patients left`), and two
numbers may stand side by side (`in group 1 200 patients`, the columns of a table). So the space
stays in the company of Latin words, after a year and after the number of a list item.
"""

import re

from embeddings.text.scripts import HAN, WIDE
from embeddings.tracing import Traced

__all__ = ["join_digits", "join_groups"]

# Narrow and no-break spaces group digits by convention; a plain one needs the right company.
_THIN = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d)([.．])[ \u3000](?=\d)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_LEFT = re.compile(r"(\d+)$")
_LATIN_WORD = re.compile(r"[A-Za-z] $")
_WORD_AFTER = re.compile(r"\d+ [A-Za-z]{4}")
_QUANTITY_AFTER = re.compile(
    rf"\d{{3}}(?: \d{{3}})*(?:[~～–—%％‰-]|[{WIDE}{HAN}]| ?[A-Za-zµμΩ{HAN}])"
)


def join_groups(traced: Traced) -> None:
    """Take narrow and no-break spaces out of grouped digits, in place."""
    traced.sub(_THIN)


def join_digits(traced: Traced) -> None:
    """Take single spaces out of numbers, in place; line breaks have been resolved before."""
    traced.sub(_DECIMAL, 1, where=_is_decimal)
    traced.sub(_THOUSANDS, where=_is_grouped)


def _left(match: re.Match[str]) -> tuple[str, str]:
    """Return the digits before the match, and the two characters before them."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    found = _LEFT.search(before)
    digits = found[1] if found else ""
    return digits, before[: len(before) - len(digits)][-2:]


def _is_decimal(match: re.Match[str]) -> bool:
    digits, company = _left(match)
    if digits == "0":
        return True
    if len(digits) > 3 or not company or company.endswith("\n"):
        return False
    sentence_ends = _WORD_AFTER.match(match.string, match.end())
    return not (_LATIN_WORD.search(company) and sentence_ends)


def _is_grouped(match: re.Match[str]) -> bool:
    digits, company = _left(match)
    if len(digits) > 3 or _LATIN_WORD.search(company):
        return False
    return _QUANTITY_AFTER.match(match.string, match.end()) is not None
