"""Hybrid retrieval: dense and lexical scores of the same candidates, fused into one ranking."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from embeddings.documents import Passage
from embeddings.snapshot import Snapshot
from embeddings.stopwords import content_terms
from embeddings.tokens import tokenise

__all__ = ["Hit", "Query", "Weights", "search"]

CANDIDATES = 200
"""How many passages each arm brings; beyond that a passage is in nobody's first ten."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How the arms are mixed.

    A convex sum of scores that are each brought into [0, 1] beats reciprocal rank fusion once it
    is fitted, and needs few questions to fit (Bruch, Gai and Ingber 2023, "An analysis of fusion
    functions for hybrid retrieval", ACM TOIS 42:1). `dense` is the share of the dense arm,
    `sentence` in it the share of the passage's best sentence; `floor` is the cosine that counts
    as nothing, `saturation` the BM25 score that counts as half, `expansion` what an added term
    counts beside one of the question's own.
    """

    dense: float = 0.6
    sentence: float = 0.5
    floor: float = 0.1
    saturation: float = 12.0
    expansion: float = 0.5


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched for.

    `expansions` are further terms for the lexical arm, such as the names of a substance in the
    other language. `prior` adds to the fused score of a passage what the caller knows about it;
    `allowed` leaves out passages.
    """

    text: str
    expansions: Sequence[str] = ()
    prior: Callable[[Passage], float] | None = None
    allowed: Callable[[Passage], bool] | None = None
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores.

    `dense` is the mean of the cosines of passage and best sentence, `lexical` a BM25 score,
    `fused` their mix with what the caller's prior adds.
    """

    passage: Passage
    fused: float
    dense: float
    lexical: float


def search(snapshot: Snapshot, vector: NDArray[np.float32], query: Query, limit: int) -> list[Hit]:
    """Return at most `limit` passages, best first; ties go to the earlier passage.

    `vector` is the query's text, encoded, of shape (d,).
    """
    if not snapshot.passages or not query.text.strip():
        return []
    lexical = lexical_scores(snapshot, query)
    dense = dense_scores(snapshot, vector, lexical)
    share = query.weights.sentence
    hits = []
    for row, cosine in dense.items():
        passage = snapshot.passages[row]
        if query.allowed and not query.allowed(passage):
            continue
        near = (1 - share) * cosine + share * snapshot.sentences.best(row, vector)
        hits.append(judge(passage, near, float(lexical[row]), query))
    hits.sort(key=lambda hit: -hit.fused)
    return hits[:limit]


def judge(passage: Passage, cosine: float, bm25: float, query: Query) -> Hit:
    """Give a candidate its fused score."""
    prior = query.prior(passage) if query.prior else 0.0
    return Hit(passage, fuse(cosine, bm25, query.weights) + prior, cosine, bm25)


def fuse(cosine: float, bm25: float, weights: Weights) -> float:
    """Mix a cosine and a BM25 score into one number between 0 and 1."""
    dense = max(0.0, cosine - weights.floor) / (1.0 - weights.floor)
    lexical = bm25 / (bm25 + weights.saturation) if bm25 > 0 else 0.0
    return weights.dense * dense + (1.0 - weights.dense) * lexical


def lexical_scores(snapshot: Snapshot, query: Query) -> NDArray[np.float32]:
    """Return the BM25 score of every passage, the expansions counting less than the words."""
    own = content_terms(query.text)
    scores = snapshot.lexical.token_scores(own)
    added = [t for t in tokenise(" ".join(query.expansions)) if t not in own]
    if added:
        scores = scores + query.weights.expansion * snapshot.lexical.token_scores(added)
    return scores


def dense_scores(
    snapshot: Snapshot, vector: NDArray[np.float32], lexical: NDArray[np.float32]
) -> Mapping[int, float]:
    """Return the cosines of all candidates: the nearest ones, and the lexical arm's best."""
    rows, cosines = snapshot.dense.search(vector, CANDIDATES)
    found = {int(row): float(cosine) for row, cosine in zip(rows, cosines, strict=True)}
    best = np.argsort(-lexical, kind="stable")[:CANDIDATES]
    missing = [int(row) for row in best if lexical[row] > 0 and int(row) not in found]
    for row, stored in zip(missing, snapshot.dense.vectors(missing), strict=True):
        found[row] = float(stored @ vector)
    return dict(sorted(found.items()))
