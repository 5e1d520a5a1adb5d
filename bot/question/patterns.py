"""Whether combinations of words hold in a text, by where each group of words was found in it.

Every group has a bit, so that most combinations are ruled out by one comparison of numbers: the
groups that occur against those that the combination needs.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

__all__ = ["Chain", "Holds", "Pattern", "Place"]

_REACH = {"+": 1, ">": 6, ">>": 18, "~": 10}


class Place(NamedTuple):
    """Where something was found."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps in a row: `steps[i + 1]` follows `steps[i]` by `links[i]`.

    A step names groups, any of which will do; `masks` are the bits of its groups. Chains that are
    written alike share their `number`.
    """

    number: int
    steps: tuple[frozenset[str], ...]
    masks: tuple[int, ...]
    links: tuple[str, ...]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Pattern:
    """Chains that must hold, and others that must not."""

    chains: tuple[Chain, ...]
    needs: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Collect the bits of every step that must be somewhere."""
        needs = dict.fromkeys(mask for chain in self.chains if chain.wanted for mask in chain.masks)
        object.__setattr__(self, "needs", tuple(needs))


class Holds:
    """Whether patterns hold in one text, whose groups of words are at `places`, sorted.

    `bits` gives the bit of each group.
    """

    def __init__(
        self, text: str, places: Mapping[str, list[Place]], bits: Mapping[str, int]
    ) -> None:
        self._characters = text
        self._places = places
        self._present = 0
        for name in places:
            self._present |= bits.get(name, 0)
        self._known: dict[int, bool] = {}

    @cached_property
    def _text(self) -> "_Text":
        return _Text(self._characters)

    def any(self, patterns: tuple[Pattern, ...]) -> bool:
        """Whether one of the patterns holds."""
        present = self._present
        for pattern in patterns:
            for mask in pattern.needs:
                if not mask & present:
                    break
            else:
                if self._pattern(pattern):
                    return True
        return False

    def _pattern(self, pattern: Pattern) -> bool:
        return all(self._chain(chain) == chain.wanted for chain in pattern.chains)

    def _chain(self, chain: Chain) -> bool:
        if not all(mask & self._present for mask in chain.masks):
            return False
        if len(chain.steps) == 1:
            return True
        known = self._known.get(chain.number)
        if known is None:
            known = self._known[chain.number] = self._follows(chain)
        return known

    def _follows(self, chain: Chain) -> bool:
        reached = self._step(chain.steps[0])
        for link, names in zip(chain.links, chain.steps[1:], strict=True):
            reached = self._after(reached, self._step(names), link)
        return bool(reached)

    def _step(self, names: frozenset[str]) -> list[Place]:
        if len(names) == 1:
            return self._places.get(next(iter(names)), [])
        return sorted(place for name in names for place in self._places.get(name, ()))

    def _after(self, reached: list[Place], following: list[Place], link: str) -> list[Place]:
        ends = sorted(place.end for place in reached)
        starts = [place.start for place in reached] if link == "~" else []
        kept = []
        for place in following:
            before = bisect_right(ends, place.start)
            after = bisect_left(starts, place.end)
            if (before and self._text.near(ends[before - 1], place.start, link)) or (
                after < len(starts) and self._text.near(place.end, starts[after], link)
            ):
                kept.append(place)
        return kept


class _Text:
    """A folded text with its words counted, for distances."""

    def __init__(self, text: str) -> None:
        begins, latin = [], False
        for character in text:
            word = character.isalnum()
            han = character >= "\u2e80"
            begins.append(int(word and (han or not latin)))
            latin = word and not han
        self.words = (0, *accumulate(begins))
        self.stops = (0, *accumulate(int(c in "。？！?!;；\n") for c in text))

    def near(self, first: int, second: int, link: str) -> bool:
        """Whether the gap `text[first:second]` is as small as `link` allows."""
        gap = self.words[second] - self.words[first]
        crossing = link in "+>" and self.stops[second] > self.stops[first]
        return gap <= _REACH[link] and not crossing
