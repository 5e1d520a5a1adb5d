"""A question as a ranking is fitted to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Example"]


@dataclass(frozen=True, slots=True)
class Example:
    """One question: `features` (c, f) of its candidates, which of them are `right` (c,).

    `page` is the document that it was asked of.
    """

    tongue: str
    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    weight: float
    page: str = ""
