"""Names near a word that no source knows: what is offered as "did you mean".

Nothing is looked up under such a name before the person has chosen it: metizolam is one letter
away from etizolam, and another substance.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.substances.naming import Names
from bot.vocabulary.spans import Spans
from bot.vocabulary.text import Text

__all__ = ["Near", "nearby"]

OFFERED = 3
LONGEST = 200
"""Only so many characters of a question are looked at; what is asked fits in far fewer."""

_LATIN = re.compile(r"[a-z]{5,30}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WINDOWS = (3, 4, 5, 6)
_LONG = 7
"""So long is a name that means something inside a longer word."""
# Characters of chemistry: what follows one is the rest of a name, and no name of its own.
_GOES_ON = frozenset("甲乙丙丁氟氯溴碘硝羟氧酰基去脱二三四异")


class Near(NamedTuple):
    """`text[start:end]` is no name that counts, but nearly one of `substance`.

    `distance` is the number of letters or characters that differ, by their share of the name.
    """

    start: int
    end: int
    substance: str
    distance: float


def nearby(
    text: Text, names: Names, among: Collection[str], unseen: Callable[[str], bool]
) -> tuple[Near, ...]:
    """Return what the unknown words of `text` may have been meant to name, the nearest first.

    `among` are the substances that the sources speak of; `unseen` says whether a word stands in
    none of them. Distances are those of optimal string alignment (insertions, deletions,
    substitutions, swaps of neighbours). At most one guess for a substance, three in all.
    """
    folded = text.folded
    taken = Spans((m.start, m.end) for m in names.mentions(text))
    found: dict[str, Near] = {}
    for start, end in _words(folded.text[:LONGEST]):
        place = folded.span(start, end)
        word = folded.text[start:end]
        if taken.touch(*place) or not unseen(word) or _across(folded.text, start, end, unseen):
            continue
        for substance, distance in _near(word, names):
            better = substance not in found or distance < found[substance].distance
            if substance in among and better:
                found[substance] = Near(*place, substance, distance)
    return tuple(sorted(found.values(), key=lambda near: near.distance)[:OFFERED])


def _across(text: str, start: int, end: int, unseen: Callable[[str], bool]) -> bool:
    """Whether a run of Chinese cuts a word in two: 牵牛花种 in 牵牛花种子 is no name.

    All but its first or last character is known from the sources then, and so is the pair that
    this character makes with its neighbour outside.
    """
    ends = [(text[start : end - 1], text[end - 1 : end + 1])]
    if start:
        ends.append((text[start + 1 : end], text[start - 1 : start + 1]))
    return any(
        len(pair) == 2 and bool(_HAN.fullmatch(rest + pair)) and not (unseen(rest) or unseen(pair))
        for rest, pair in ends
    )


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where there are Latin words, and runs of Chinese as long as names are."""
    yield from (match.span() for match in _LATIN.finditer(text))
    for match in _HAN.finditer(text):
        for length in _WINDOWS:
            for start in range(match.start(), match.end() - length + 1):
                if start == match.start() or text[start - 1] not in _GOES_ON:
                    yield start, start + length


def _near(word: str, names: Names) -> Iterator[tuple[str, float]]:
    """Yield (substance, distance) for each name that is nearly `word`, or most of it."""
    yield from _inside(word, names)
    most = _allowed(word)
    for length in range(len(word) - most, len(word) + most + 1):
        known = _by_length(names).get(length, {})
        for name, distance, _ in process.extract_iter(
            word, list(known), scorer=OSA.distance, score_cutoff=most
        ):
            for substance in known[name]:
                yield substance, distance / len(name)


def _inside(word: str, names: Names) -> Iterator[tuple[str, float]]:
    """Yield (substance, distance) for each long name in a Latin word: ketamine in `proketamin`.

    A final e is let go: languages differ in it.
    """
    for length in range(_LONG, len(word) + 1) if word.isascii() else ():
        known = _by_length(names).get(length, {})
        for name in known:
            if name.removesuffix("e") in word:
                for substance in known[name]:
                    yield substance, (len(word) - length + 1) / length


def _allowed(word: str) -> int:
    """Return how much of a word may be wrong: a character of Chinese says more than a letter."""
    if word.isascii():
        return min(3, len(word) // 4)
    return 1 if len(word) < _WINDOWS[-1] else 2


@lru_cache(maxsize=4)
def _by_length(names: Names) -> Mapping[int, Mapping[str, tuple[str, ...]]]:
    """Return the names that are a word or a run of Chinese, by length, with whom they name."""
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for key, substance in names.substances.items():
        if substance.is_class:
            continue
        for alias in (substance.zh, substance.en, *substance.aliases):
            name = alias.casefold()
            if alias in substance.context or not (_LATIN.fullmatch(name) or _HAN.fullmatch(name)):
                continue
            if len(name) >= _WINDOWS[0]:
                found[len(name)][name] = (*found[len(name)].get(name, ()), key)
    return found
