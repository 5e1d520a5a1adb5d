"""Names that are codes of letters and digits, known to no list: `5-APB`, `2C-T-21`, `IC-26`.

Their digits are no amount. Which substance one stands for, the documents may know or not.
"""

import re
from collections.abc import Iterator

from bot.vocabulary.ordinary import ordinary_words

__all__ = ["codes"]

_JOINED = re.compile(r"(?<![a-z0-9.])[a-z0-9]+(?:[-,][a-z0-9]+)+(?![a-z0-9])")
_PARTS = re.compile(r"[-,]")
_RUNS = re.compile(r"[a-z]+")
_LETTERS = 2
# What stands behind a number and a hyphen in an amount, a time or an age.
_UNIT = re.compile(r"[mk]?g|ug|mcg|ml|cc|l|oz|lbs?|iu|h|hrs?|mins?|s|sec|x|th|st|nd|rd|[ap]m|mo|yo")
# One letter and a number as a laboratory gives them: `U-47700`; letters that are names of drugs in
# themselves, or units, begin amounts.
_SERIES = re.compile(r"(?<![a-z0-9])[abdfijn-su-wyz]-\d{4,6}(?![a-z0-9])")
# Where something hangs on a molecule, in Chinese: `4-甲基`, `2,5-二甲氧基`.
_LOCANT = re.compile(
    r"(?<![a-z0-9.,])[1-9](?:,[1-9])*-(?=[二三四]?[甲乙丙丁戊己苯羟氧氨硝氯溴氟碘环烷])"
)


def codes(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where `folded` text has a code: parts joined by hyphens, letters and digits both.

    No part is a unit or an English word, alone or behind digits (`20-mg`, `a 24-hour day`,
    `5g-lsd`), and letters alone are in one. The place of a group on a molecule counts too.
    """
    for match in _JOINED.finditer(folded):
        parts = _PARTS.split(match.group())
        runs = [run for part in parts for run in _RUNS.findall(part)]
        known = any(_UNIT.fullmatch(run) or run in ordinary_words() for run in runs)
        digits = any(map(str.isdigit, match.group()))
        if (
            any(map(str.isalpha, parts))
            and digits
            and sum(map(len, runs)) >= _LETTERS
            and not known
        ):
            yield match.span()
    for shape in (_SERIES, _LOCANT):
        yield from (match.span() for match in shape.finditer(folded))
