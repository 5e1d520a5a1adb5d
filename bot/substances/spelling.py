"""Names with one letter wrong."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from embeddings.datafiles import table

__all__ = ["Spelling"]

_WORD = re.compile(r"[a-z]+")
_SHORTEST = 6


@cache
def _slips() -> frozenset[str]:
    """Return the English words that are one letter away from a name and mean none."""
    return frozenset(table(__file__, "company.toml")["no_slips"])


def _deletes(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _one_apart(one: str, other: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours leads to the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[same:] == other[same + 1 :]
    rest = one[same + 1 :] == other[same + 1 :]
    swapped = one[same : same + 2] == other[same : same + 2][::-1]
    return rest or (swapped and one[same + 2 :] == other[same + 2 :])


class Spelling:
    """Finds Latin words one letter away from a name of six letters or more.

    By common deletions (Garbe 2012, symmetric delete), so that the time does not grow with the
    number of names.
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
            if len(word) < _SHORTEST or len(word) > 30 or word in self._names or word in _slips():
                continue
            near = {n for d in _deletes(word) for n in self._nearby.get(d, ())}
            # Few people get the first letter wrong, and metizolam is not etizolam.
            likely = (n for n in near if n[0] == word[0] and _one_apart(word, n))
            name = min(likely, default=None)
            if name is not None:
                yield match.start(), match.end(), name
