"""Hybrid retrieval: dense and lexical scores of the same candidates, fused into one ranking."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from embeddings.documents import Passage
from embeddings.snapshot import Snapshot
from embeddings.stores.lexical import LexicalIndex
from embeddings.text.stopwords import content_terms
from embeddings.text.tokens import tokenise

__all__ = [
    "CANDIDATES",
    "Arms",
    "Hit",
    "Query",
    "Weights",
    "arms",
    "first_rows",
    "scaled",
    "search",
]

CANDIDATES = 200
"""How many passages are compared sentence by sentence; beyond that one is in nobody's first ten."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How the arms are mixed: what each one's score, brought into [0, 1], adds.

    A linear sum of such scores beats reciprocal rank fusion once it is fitted, and needs few
    questions to fit (Bruch, Gai and Ingber 2023, "An analysis of fusion functions for hybrid
    retrieval", ACM TOIS 42:1). `passage` and `sentence` weigh the cosines of the whole passage
    and of its best sentence, `lexical` the words of all of it, `heading` those of title and
    headings by themselves, a field of few words in which each counts (Robertson, Zaragoza and
    Taylor 2004, "Simple BM25 extension to multiple weighted fields"). `document` is the share of
    its document's best passage that is added to each: the right page is easier to find than the
    right section. `floor` is the cosine that counts as nothing, `saturation` the BM25 score that
    counts as half, `expansion` what an added term counts beside one of the question's own.
    """

    passage: float = 0.3
    sentence: float = 0.3
    lexical: float = 0.4
    heading: float = 0.0
    document: float = 0.0
    floor: float = 0.1
    saturation: float = 12.0
    expansion: float = 0.5


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched for.

    `expansions` are further terms for the lexical arm, such as the names of a substance in the
    other language. `prior` adds to the fused score of each passage what the caller knows about
    it, `allowed` leaves out passages: both of shape (n,), row i for `passages[i]`.
    """

    text: str
    expansions: Sequence[str] = ()
    prior: NDArray[np.float32] | None = None
    allowed: NDArray[np.bool_] | None = None
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


@dataclass(frozen=True, slots=True)
class Arms:
    """The scores of every passage by each arm, each of shape (n,).

    `passage` is a cosine, `lexical` and `heading` are BM25 scores of all words and of those of
    title and headings.
    """

    passage: NDArray[np.float32]
    lexical: NDArray[np.float32]
    heading: NDArray[np.float32]


def search(snapshot: Snapshot, vector: NDArray[np.float32], query: Query, limit: int) -> list[Hit]:
    """Return at most `limit` passages, best first; ties go to the earlier passage.

    `vector` is the query's text, encoded, of shape (d,). All passages are scored by the vector
    of the whole passage, the best of them again with their sentences.
    """
    if not snapshot.passages or not query.text.strip():
        return []
    found = arms(snapshot, vector, query)
    rows = first_rows(snapshot, found, query, max(CANDIDATES, limit))
    near = found.passage.copy()
    near[rows] = snapshot.sentences.best(rows, vector)
    fused = lifted(mixed(near, found, query), snapshot, query.weights.document)[rows]
    best = np.argsort(-fused, kind="stable")[:limit]
    return [
        Hit(
            snapshot.passages[row],
            float(fused[place]),
            float(near[row] + found.passage[row]) / 2,
            float(found.lexical[row]),
        )
        for place, row in ((place, int(rows[place])) for place in best)
    ]


def first_rows(
    snapshot: Snapshot, found: Arms, query: Query, limit: int = CANDIDATES
) -> NDArray[np.int64]:
    """Return the rows that are worth comparing sentence by sentence, in ascending order."""
    scores = lifted(mixed(found.passage, found, query), snapshot, query.weights.document)
    rows = np.argsort(-scores, kind="stable")[:limit]
    return np.sort(rows[np.isfinite(scores[rows])])


def arms(snapshot: Snapshot, vector: NDArray[np.float32], query: Query) -> Arms:
    """Score every passage by each arm."""
    return Arms(
        passage=snapshot.dense.cosines(vector),
        lexical=lexical_scores(snapshot.lexical, query),
        heading=lexical_scores(snapshot.headings, query),
    )


def mixed(sentences: NDArray[np.float32], found: Arms, query: Query) -> NDArray[np.float32]:
    """Mix the arms into one score for each passage; minus infinity where it is not allowed.

    `sentences` are the cosines of the best sentences, or of the passages where not yet known.
    """
    weights = query.weights
    parts = scaled(sentences, found, weights)
    shares = (weights.passage, weights.sentence, weights.lexical, weights.heading)
    score = sum((np.float32(w) * part for w, part in zip(shares, parts, strict=True)), _ZERO)
    if query.prior is not None:
        score = score + query.prior
    if query.allowed is not None:
        score = np.where(query.allowed, score, -np.inf)
    return np.asarray(score, dtype=np.float32)


def scaled(
    sentences: NDArray[np.float32], found: Arms, weights: Weights
) -> tuple[NDArray[np.float32], ...]:
    """Bring the scores of passage, sentence, words and headings into [0, 1]."""
    cosines = [np.maximum(0.0, c - weights.floor) for c in (found.passage, sentences)]
    words = [bm25 / (bm25 + weights.saturation) for bm25 in (found.lexical, found.heading)]
    return (*(c / (1.0 - weights.floor) for c in cosines), *words)


_ZERO = np.zeros(1, dtype=np.float32)


def lifted(scores: NDArray[np.float32], snapshot: Snapshot, share: float) -> NDArray[np.float32]:
    """Add to each score a share of the best one of its document."""
    if not share:
        return scores
    best = np.full(len(snapshot.documents), -np.inf, dtype=np.float32)
    np.maximum.at(best, snapshot.document_rows, scores)
    return scores + np.float32(share) * best[snapshot.document_rows]


def lexical_scores(index: LexicalIndex, query: Query) -> NDArray[np.float32]:
    """Return the BM25 score of every passage, the expansions counting less than the words."""
    own = content_terms(query.text)
    scores = index.token_scores(own)
    added = [t for t in tokenise(" ".join(query.expansions)) if t not in own]
    if added:
        scores = scores + query.weights.expansion * index.token_scores(added)
    return scores
