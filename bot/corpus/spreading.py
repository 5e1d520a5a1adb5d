"""The same work for many items, on all processors where that is worth it."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

__all__ = ["WORTH", "processors", "spread"]

WORTH = 32
"""Fewer items are worked on here: to start a process takes as long as some of them."""

AT_ONCE = 4
"""Items that a process fetches at a time; few, because pages differ much in length."""

Item = TypeVar("Item")
Result = TypeVar("Result")

_given: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""What processes find when they are forked, so that no name, lexicon or page is copied to them."""


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def spread(
    work: Callable[[Item], Result], items: Sequence[Item], most: int | None = None
) -> Iterator[Result]:
    """Yield `work(item)` for every item, in their order; what it raises is raised here.

    `most` is how many processes to use, by default one for each processor. Only Linux can fork
    safely; elsewhere, and for few items, all is done in this process. `work` must not change
    anything that it finds.
    """
    number = processors() if most is None else most
    if number < 2 or len(items) < WORTH or sys.platform != "linux":
        yield from map(work, items)
        return
    # Here, so that the lexicons that it reads are there in every process.
    yield work(items[0])
    with _handed(work, items), ProcessPoolExecutor(number, get_context("fork"), _deaf) as pool:
        yield from pool.map(_one, range(1, len(items)), chunksize=AT_ONCE)


@contextmanager
def _handed(work: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[None]:
    _given.append((work, items))
    try:
        yield
    finally:
        _given.pop()


def _deaf() -> None:
    """Leave an interrupt from the keyboard to the process that waits for this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _one(place: int) -> Any:  # noqa: ANN401 -- whatever the work gives
    work, items = _given[-1]
    return work(items[place])
