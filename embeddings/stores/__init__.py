"""Where vectors live. One protocol, so that a database can stand in for the file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["VectorStore"]


class VectorStore(Protocol):
    """Vectors of shape (n, d), L2-normalised, addressed by their row."""

    def __len__(self) -> int:
        """Return how many vectors are stored."""
        ...

    def search(
        self, vector: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the rows nearest to `vector` of shape (d,), best first, and their cosines."""
        ...

    def cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of every row with `vector` of shape (d,); shape (n,)."""
        ...

    def vectors(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return the stored vectors of shape (len(rows), d)."""
        ...

    def save(self, path: Path) -> None:
        """Write the store to `path`."""
        ...
