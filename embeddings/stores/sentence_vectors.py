"""Vectors of the sentences under the passages: they find the sentence that answers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from embeddings.errors import SnapshotCorrupt
from embeddings.text.cleaning import sentences

__all__ = ["SentenceVectors", "Sentences", "encode_sentences"]


TOGETHER = 512
"""How many sentences are handed to the model at a time."""

AT_ONCE = 2_000
"""Passages whose sentences are compared at a time: those of all would be copied in 32 bits."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """One passage's sentences: `spans` (s, 2) in code points of the text, `vectors` (s, d)."""

    spans: NDArray[np.int32]
    vectors: NDArray[np.float16]


def encode_sentences(
    texts: Sequence[str], encoder: Encoder, progress: Callable[[int], None] | None = None
) -> list[Sentences]:
    """Cut each text as it is shown into sentences and encode them.

    A sentence that several texts have is encoded once; those of about one length go together, so
    that short ones are not padded to long ones. `progress` hears how many texts are as good as
    done.
    """
    if not texts:
        return []
    cut = [sentences(text) for text in texts]
    pairs = zip(texts, cut, strict=True)
    whole = [text[start:end] for text, spans in pairs for start, end in spans]
    each = sorted(set(whole), key=lambda sentence: (len(sentence), sentence))
    vectors = np.zeros((len(each), encoder.dimension), dtype=np.float16)
    for at in range(0, len(each), TOGETHER):
        vectors[at : at + TOGETHER] = encoder.encode(each[at : at + TOGETHER])
        if progress:
            progress(min(at + TOGETHER, len(each)) * len(texts) // len(each))
    rows = {sentence: row for row, sentence in enumerate(each)}
    places = np.array([rows[sentence] for sentence in whole], dtype=np.int64)
    ends = np.cumsum([len(spans) for spans in cut])[:-1]
    return [
        Sentences(np.asarray(spans, dtype=np.int32).reshape(-1, 2), vectors[part])
        for spans, part in zip(cut, np.split(places, ends), strict=True)
    ]


class SentenceVectors:
    """The sentences of all passages in three arrays; row i of `bounds` says where passage i is.

    Half precision moves a cosine by less than 0.001 and halves the file.
    """

    def __init__(
        self,
        bounds: NDArray[np.int64],
        spans: NDArray[np.int32],
        vectors: NDArray[np.float16],
    ) -> None:
        self._bounds, self._spans, self._vectors = bounds, spans, vectors

    @classmethod
    def join(cls, parts: Iterable[Sentences], dimension: int) -> "SentenceVectors":
        """Put the sentences of passages 0, 1, 2, … one after the other."""
        kept = list(parts)
        ends = np.cumsum([0, *(len(part.spans) for part in kept)], dtype=np.int64)
        return cls(
            np.stack([ends[:-1], ends[1:]], axis=1),
            np.concatenate([np.empty((0, 2), np.int32), *(part.spans for part in kept)]),
            np.concatenate([np.empty((0, dimension), np.float16), *(p.vectors for p in kept)]),
        )

    @classmethod
    def load(cls, path: Path) -> "SentenceVectors":
        """Open a saved file; raises SnapshotCorrupt if it cannot be read."""
        try:
            with np.load(path, allow_pickle=False) as saved:
                return cls(saved["bounds"], saved["spans"], saved["vectors"])
        except (OSError, ValueError, KeyError) as error:
            raise SnapshotCorrupt(
                f"{path.name} cannot be read; run `safepassage ingest` to build it again"
            ) from error

    def __len__(self) -> int:
        return len(self._bounds)

    def of(self, row: int) -> Sentences:
        """Return the sentences of one passage."""
        start, end = self._bounds[row]
        return Sentences(self._spans[start:end], self._vectors[start:end])

    def best(self, rows: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the highest cosine between `vector` of shape (d,) and a sentence of each passage.

        0 for a passage without sentences.
        """
        parts = (rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE))
        return np.concatenate([_NONE, *(self._best(part, vector) for part in parts)])

    def _best(self, rows: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Compare all sentences of some rows in one product."""
        starts, ends = self._bounds[rows].T
        lengths = ends - starts
        scores = np.zeros(len(rows), dtype=np.float32)
        some = lengths > 0
        if not some.any():
            return scores
        firsts = np.concatenate([[0], np.cumsum(lengths[some])[:-1]])
        places = np.arange(lengths.sum()) + np.repeat(starts[some] - firsts, lengths[some])
        cosines = self._vectors[places].astype(np.float32) @ vector
        scores[some] = np.maximum.reduceat(cosines, firsts)
        return scores

    def save(self, path: Path) -> None:
        """Write the arrays to `path`."""
        np.savez(path, bounds=self._bounds, spans=self._spans, vectors=self._vectors)


_NONE = np.empty(0, dtype=np.float32)
