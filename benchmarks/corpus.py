"""A larger index out of a smaller one: its passages over again, as documents of their own.

The copies differ from the originals by their ids alone, so that every list is as long and every
array as large as with so many passages. What they cannot show is how well a larger corpus is
searched, nor the larger vocabulary that it would have.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answering.quoting import shown
from embeddings.build import Content, build
from embeddings.documents import Passage
from embeddings.snapshot import Snapshot
from embeddings.text.cleaning import sentences


class Remembered:
    """An encoder that gives the vectors of a snapshot's texts again, without a model."""

    def __init__(self, snapshot: Snapshot, content: Content) -> None:
        self.name = snapshot.manifest["model"]["name"]
        self.fingerprint = snapshot.manifest["model"]["fingerprint"]
        vectors = snapshot.dense.vectors(range(len(snapshot.passages)))
        self.dimension = int(vectors.shape[1])
        self.known = dict(zip(content.indexed(), vectors, strict=True))
        for row, text in enumerate(content.shown):
            stored = snapshot.sentences.of(row).vectors.astype(np.float32)
            for (start, end), vector in zip(sentences(text), stored, strict=False):
                self.known[text[start:end]] = vector

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the stored vectors of shape (n, d); KeyError for a text that was never stored."""
        return np.stack([self.known[text] for text in texts]).reshape(len(texts), self.dimension)


def content_of(snapshot: Snapshot, passages: Sequence[Passage], copies: int) -> Content:
    """Return the snapshot's documents `copies` times, with the passages that are given."""
    documents = [
        replace(document, id=copied(document.id, copy))
        for copy in range(copies)
        for document in snapshot.documents.values()
    ]
    return Content(
        documents=documents,
        passages=passages,
        withheld=(),
        shown=[shown(passage).text for passage in passages],
        facts={"screening": snapshot.manifest["screening"]},
        origin={},
        report={},
        glossary=snapshot.glossary,
    )


def copied(name: str, copy: int) -> str:
    """Return the id of a copy; the first one is the original."""
    return f"copy-{'abcdefghij'[copy]}/{name}" if copy else name


def enlarged(snapshot: Snapshot, number: int, data: Path) -> None:
    """Build an index of `number` passages in `data`; at most ten times what the snapshot has."""
    copies = -(-number // len(snapshot.passages))
    passages = [
        replace(
            passage,
            id=passage.id + "abcdefghij"[copy] * bool(copy),
            document=copied(passage.document, copy),
            translations=(),
        )
        for copy in range(copies)
        for passage in snapshot.passages
    ][:number]
    encoder = Remembered(snapshot, content_of(snapshot, snapshot.passages, 1))
    build(data, content_of(snapshot, passages, copies), encoder)
