"""What a ranking does to questions that took no part in its fit: folds by page."""

import zlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from training.examples import Example

__all__ = ["ranks", "told", "unseen"]

Weights = Mapping[str, NDArray[np.float64]]
FOLDS = 5


def unseen(found: Sequence[Example], fit: Callable[[Sequence[Example]], Weights]) -> list[int]:
    """Return the rank of each right passage by weights fitted without its page."""
    places = [zlib.crc32(example.page.encode()) % FOLDS for example in found]
    fitted = [
        fit([one for one, place in zip(found, places, strict=True) if place != fold])
        for fold in range(FOLDS)
    ]
    return [
        rank
        for one, place in zip(found, places, strict=True)
        for rank in ranks([one], fitted[place])
    ]


def ranks(found: Sequence[Example], weights: Weights) -> list[int]:
    """Return the rank of the first right candidate of each question."""
    return [
        int(example.right[np.argsort(-(example.features @ weights[example.tongue]))].argmax()) + 1
        for example in found
    ]


def told(name: str, found: Sequence[int]) -> str:
    """Return a line on how many have a right passage first, among five and among ten."""
    places = np.array(found)
    shares = ", ".join(f"among {k} {np.mean(places <= k):.3f}" for k in (1, 5, 10))
    return f"{name}: {shares}, of {len(places)}"
