"""Runs of a text, asked many times whether one of them is here or nearby."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

__all__ = ["Spans"]


class Spans:
    """A set of runs `[start, end)`. A question about them takes logarithmic time, not linear."""

    def __init__(self, runs: Iterable[tuple[int, int]]) -> None:
        self._runs = sorted(set(runs))
        self._starts = [start for start, _ in self._runs]
        self._furthest = list(accumulate((end for _, end in self._runs), max))

    def cover(self, start: int, end: int) -> bool:
        """Whether one run holds all of `[start, end)` and more."""
        earlier = bisect_left(self._starts, start)
        if earlier > 0 and self._furthest[earlier - 1] >= end:
            return True
        until = bisect_right(self._starts, start)
        return until > 0 and self._furthest[until - 1] > end

    def touch(self, start: int, end: int) -> bool:
        """Whether one run shares a character with `[start, end)`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._furthest[before - 1] > start

    def beside(self, start: int, end: int, reach: int) -> bool:
        """Whether one run lies within `reach` characters before or after `[start, end)`."""
        first = bisect_left(self._starts, start - reach)
        before = bisect_left(self._starts, start)
        if any(run[1] <= start for run in self._runs[first:before]):
            return True
        after = bisect_left(self._starts, end)
        return after < len(self._runs) and self._runs[after][1] <= end + reach
