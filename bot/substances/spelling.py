"""Names with one letter wrong."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from bot.vocabulary.english import is_word

__all__ = ["Spelling"]

_WORD = re.compile(r"[a-z]+")
_SHORTEST, _LONGEST = 6, 30


def _deletes(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


class Spelling:
    """Finds Latin words one letter away from a name of six letters or more.

    One letter too many, too few or another, or two neighbours swapped. Looked up by common
    deletions (Garbe 2012, symmetric delete), so that the time does not grow with the number of
    names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {n.casefold() for n in names if _WORD.fullmatch(n.casefold())}
        self._nearby: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._names):
            for shorter in _deletes(name) if len(name) >= _SHORTEST else ():
                self._nearby[shorter].append(name)

    def scan(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield `(start, end, name)` for each misspelt name in folded `text`."""
        for match in _WORD.finditer(text):
            word = match.group()
            if not _SHORTEST <= len(word) <= _LONGEST or word in self._names:
                continue
            near = {n for d in _deletes(word) for n in self._nearby.get(d, ())}
            # Few people get the first letter wrong, and metizolam is not etizolam.
            likely = (n for n in near if n[0] == word[0] and OSA.distance(word, n) <= 1)
            name = min(likely, default=None)
            # A word of the language is that word, however near it is to a name.
            if name is not None and not is_word(word):
                yield match.start(), match.end(), name
