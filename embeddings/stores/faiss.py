"""A FAISS index: exact inner product for a corpus that fits, a graph above that."""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.errors import SnapshotCorrupt

__all__ = ["EXACT_UP_TO", "FaissStore"]

EXACT_UP_TO = 100_000
"""Above this many vectors a query takes longer than 8.5 ms by exact search on one core, and the
HNSW graph (Malkov and Yashunin 2016, arXiv 1603.09320) takes over at 0.3 ms."""

NEIGHBOURS = 32
NEAREST = 1000


class FaissStore:
    """Vectors of unit length in a FAISS index; the inner product is the cosine."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32], exact_up_to: int = EXACT_UP_TO) -> "FaissStore":
        """Index `vectors` of shape (n, d)."""
        dimension = vectors.shape[1]
        if len(vectors) <= exact_up_to:
            index: faiss.Index = faiss.IndexFlatIP(dimension)
        else:
            index = faiss.IndexHNSWFlat(dimension, NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "FaissStore":
        """Open the index at `path`; raises SnapshotCorrupt if FAISS cannot read it."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise SnapshotCorrupt(
                f"{path.name} cannot be read; run `safepassage ingest` to build the index again"
            ) from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, vector: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the rows nearest to `vector` of shape (d,), best first, and their cosines."""
        scores, rows = self._index.search(vector.reshape(1, -1), max(1, min(k, len(self))))
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]

    def cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of every row with `vector` of shape (d,); shape (n,).

        From a graph only the nearest thousand are known; the others count as unlike.
        """
        if isinstance(self._index, faiss.IndexFlat):
            size = len(self) * self._index.d
            stored = faiss.rev_swig_ptr(self._index.get_xb(), size)
            found: NDArray[np.float32] = stored.reshape(len(self), -1) @ vector
            return found
        scores = np.zeros(len(self), dtype=np.float32)
        rows, near = self.search(vector, NEAREST)
        scores[rows] = near
        return scores

    def vectors(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return the stored vectors of shape (len(rows), d)."""
        if not len(rows):
            return np.empty((0, self._index.d), dtype=np.float32)
        found: NDArray[np.float32] = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return found

    def save(self, path: Path) -> None:
        """Write the index to `path`."""
        faiss.write_index(self._index, str(path))
