"""Names that are codes of letters and digits, known to no list: `5-APB`, `2C-T-21`, `IC-26`.

Their digits are no amount. Which substance one stands for, the documents may know or not.
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.names.substances import LEXICON

__all__ = ["codes"]

_JOINED = re.compile(r"(?<![a-z0-9.])[a-z0-9]+(?:[-,][a-z0-9]+)+(?![a-z0-9])")
_PARTS = re.compile(r"[-,]")
_LETTERS = 2
# What stands behind a number and a hyphen in an amount, a time or an age.
_UNIT = re.compile(r"[mk]?g|ug|mcg|ml|cc|l|oz|lbs?|iu|h|hrs?|mins?|s|sec|x|th|st|nd|rd|[ap]m|mo|yo")


@cache
def _ordinary() -> frozenset[str]:
    return frozenset((LEXICON / "ordinary_words.txt").read_text(encoding="utf-8").split())


def codes(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where `folded` text has a code: parts joined by hyphens, letters and digits both.

    No part is a unit or an English word (`20-mg`, `a 24-hour day`), and letters alone are in one.
    """
    for match in _JOINED.finditer(folded):
        parts = _PARTS.split(match.group())
        words = [part for part in parts if part.isalpha()]
        known = any(_UNIT.fullmatch(word) or word in _ordinary() for word in words)
        letters = sum(map(str.isalpha, match.group()))
        digits = any(map(str.isdigit, match.group()))
        if words and digits and letters >= _LETTERS and not known:
            yield match.span()
