"""Ordinary words, and names that are ordinary words too, so that they count in company only."""

import re
from functools import cache

from embeddings.datafiles import lines

__all__ = ["is_ordinary", "ordinary_words"]

_HAN = re.compile(r"[\u3400-\u9fff]")


def is_ordinary(name: str, titled: bool) -> bool:
    """Whether a name counts only in the company of drugs, or as the whole question.

    `titled` says that a page has it as its title.
    """
    han = len(_HAN.findall(name))
    if han:
        return han == len(name) and (han < 2 or (han < 3 and not titled))
    return len(name) < 3 or name.casefold() in ordinary_words()


@cache
def ordinary_words() -> frozenset[str]:
    """Return the commonest English words and first names, in lower case."""
    return frozenset(lines(__file__, "ordinary_words.txt"))
