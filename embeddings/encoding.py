"""Vectors of passages and of their sentences, taken over where they are known already."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot
from embeddings.stores.sentence_vectors import Sentences, SentenceVectors, encode_sentences

__all__ = ["Progress", "encode"]

BATCH = 128
"""Passages that are handed to the model at a time."""

Progress = Callable[[int, int], None]


def encode(
    indexed: Sequence[str],
    shown: Sequence[str],
    keys: Sequence[str],
    live: Snapshot | None,
    encoder: Encoder,
    progress: Progress | None,
) -> tuple[NDArray[np.float32], SentenceVectors]:
    """Return passage vectors of shape (n, d) and sentence vectors, encoding only what is new.

    `keys` name the vectors of `indexed`; those that the live snapshot has are taken from there.
    """
    known = {key: row for row, key in enumerate(live.keys)} if live else {}
    vectors = np.zeros((len(indexed), encoder.dimension), dtype=np.float32)
    sentences: dict[int, Sentences] = {}
    missing = [row for row, key in enumerate(keys) if key not in known]
    for row, key in enumerate(keys):
        if live and key in known:
            vectors[row] = live.dense.vectors([known[key]])[0]
            sentences[row] = live.sentences.of(known[key])
    # Passages count as one half of the work, their sentences as the other.
    steps = 2 * len(missing)
    by_length = sorted(missing, key=lambda row: len(indexed[row]))
    for at in range(0, len(missing), BATCH):
        rows = by_length[at : at + BATCH]
        vectors[rows] = encoder.encode([indexed[row] for row in rows])
        if progress:
            progress(at + len(rows), steps)

    def further(done: int) -> None:
        if progress:
            progress(len(missing) + done, steps)

    found = encode_sentences([shown[row] for row in missing], encoder, further)
    sentences.update(zip(missing, found, strict=True))
    ordered = [sentences[row] for row in range(len(indexed))]
    return vectors, SentenceVectors.join(ordered, encoder.dimension)
