"""Ordinary words, and names that are ordinary words too, so that they count in company only."""

import re
from functools import cache

from bot.vocabulary.matching import Phrases
from embeddings.datafiles import lines

__all__ = ["chinese_words", "english_words", "is_ordinary", "ordinary_chinese", "ordinary_words"]

_HAN = re.compile(r"[\u3400-\u9fff]")


def is_ordinary(name: str, titled: bool) -> bool:
    """Whether a name counts only in the company of drugs, or as the whole question.

    `titled` says that a page has it as its title.
    """
    han = len(_HAN.findall(name))
    if han:
        return han == len(name) and (han < 2 or (han < 3 and not titled))
    known = ordinary_words() if titled else ordinary_words() | english_words()
    return len(name) < 3 or name.casefold() in known


@cache
def chinese_words() -> frozenset[str]:
    """Return the commonest Chinese words, in Simplified characters."""
    return frozenset(lines(__file__, "chinese_words.txt"))


@cache
def ordinary_chinese() -> Phrases[None]:
    """Return the common Chinese words of more than one character, to be found in a text."""
    return Phrases((word, None) for word in chinese_words() if len(word) > 1)


@cache
def english_words() -> frozenset[str]:
    """Return forty thousand English words, without the names of substances.

    The vocabulary of BERT (Devlin et al. 2019, arXiv 1810.04805) and the words of openly licensed
    dictionaries and sentences.
    """
    return frozenset(lines(__file__, "english_words.txt"))


@cache
def ordinary_words() -> frozenset[str]:
    """Return the commonest English words and first names, in lower case."""
    return frozenset(lines(__file__, "ordinary_words.txt"))
