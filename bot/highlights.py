"""Which sentences of a passage answer: those nearest to the question in words and in meaning."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.documents import Passage
from embeddings.snapshot import Snapshot
from embeddings.tokens import tokenise

__all__ = ["highlight"]

NEAR = 0.9
"""A second sentence is lit where it scores this share of the best one."""

AT_MOST = 2


def highlight(
    snapshot: Snapshot,
    passage: Passage,
    text: str,
    vector: NDArray[np.float32],
    terms: Sequence[str],
) -> tuple[tuple[int, int], ...]:
    """Return the spans of the sentences of `text` that answer, in code points, in their order.

    `text` is the passage as it is shown, `vector` the question's of shape (d,), `terms` the
    tokens of the question and of its expansions.
    """
    found = snapshot.sentences.of(snapshot.rows[passage.id])
    if not len(found.spans):
        return ()
    spans = [(int(start), int(end)) for start, end in found.spans]
    meaning = found.vectors.astype(np.float32) @ vector
    wanted = frozenset(terms)
    words = np.array([overlap(text[start:end], wanted) for start, end in spans])
    scores = meaning + words
    best = [i for i in np.argsort(-scores)[:AT_MOST] if scores[i] >= NEAR * scores.max()]
    return tuple(trimmed(text, *spans[i]) for i in sorted(best))


def overlap(sentence: str, terms: frozenset[str]) -> float:
    """Return the share of the question's terms that a sentence has, damped for long sentences."""
    own = tokenise(sentence)
    if not own or not terms:
        return 0.0
    return len(terms & set(own)) / len(terms) / (1 + 0.1 * math.log1p(len(own)))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space at both ends of a span."""
    inside = text[start:end]
    left = len(inside) - len(inside.lstrip())
    return start + left, end - (len(inside) - len(inside.rstrip()))
