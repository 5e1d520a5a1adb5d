"""Names that are ordinary words too, so that they count only in the company of drugs."""

import re
from functools import cache

from bot.names.substances import LEXICON, lexicon

__all__ = ["is_ordinary"]

_HAN = re.compile(r"[\u3400-\u9fff]")


def is_ordinary(name: str, titled: bool) -> bool:
    """Whether a name counts only in the company of drugs, or as the whole question.

    `titled` says that a page has it as its title.
    """
    han = len(_HAN.findall(name))
    if han:
        return han == len(name) and (han < 2 or (han < 3 and not titled))
    return len(name) < 3 or name.casefold() in _everyday()


@cache
def _everyday() -> frozenset[str]:
    words = (LEXICON / "ordinary_words.txt").read_text(encoding="utf-8").split()
    return frozenset(words) | frozenset(lexicon("pages.toml")["ordinary"])
