"""Batches in which the passages are like each other, so that telling them apart is work.

A question's right passage is easily told from random ones. Passages that share many rare words
with it are the ones that a search confuses it with: BM25-like negatives at no cost, as every text
of the batch is read anyway ("topic-aware sampling", Hofstätter et al. 2021).
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from training.model.pairs import Batch, Ids

__all__ = ["alike", "nearest", "term_weights"]

_SAME = 0.5
_LOOKED_AT = 4


def term_weights(texts: Ids) -> csr_array:
    """Return a row of unit length for each text: its token ids by TF-IDF (texts, ids)."""
    places = np.repeat(np.arange(len(texts)), [len(ids) for ids in texts])
    columns = np.concatenate([np.array(ids, np.int64) for ids in texts])
    counts = csr_array((np.ones(len(columns)), (places, columns)))
    counts.sum_duplicates()
    rarity = np.log(len(texts) / np.bincount(counts.indices, minlength=counts.shape[1]).clip(1))
    weights = csr_array(
        ((1 + np.log(counts.data)) * rarity[counts.indices], counts.indices, counts.indptr),
        counts.shape,
    )
    length = np.sqrt(weights.multiply(weights).sum(axis=1))
    weights.data /= np.repeat(np.maximum(length, 1e-9), np.diff(weights.indptr))
    return weights


def nearest(
    weights: csr_array, group: int, random: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    """Cut the texts into groups of `group`: one at random and those left that are most like it.

    Two texts that are all but the same, such as two cuts of one paragraph, are in no group
    together. What is left over waits for the next time.
    """
    left = np.ones(weights.shape[0], bool)
    for first in random.permutation(weights.shape[0]):
        if not left[first]:
            continue
        likeness = np.where(left, weights @ weights[[first]].toarray()[0], -1)
        ranked = np.argsort(-likeness, kind="stable")[: _LOOKED_AT * group]
        ranked = np.array([first, *ranked[ranked != first]], np.int64)
        chosen = apart(weights[ranked], group)
        if len(chosen) == group and left[ranked[chosen]].all():
            left[ranked[chosen]] = False
            yield ranked[chosen]


def apart(weights: csr_array, group: int) -> list[int]:
    """Return the first `group` rows of which no two are all but the same."""
    same = (weights @ weights.T).toarray() > _SAME
    chosen: list[int] = []
    for row in range(len(same)):
        if len(chosen) < group and not same[row, chosen].any():
            chosen.append(row)
    return chosen


def alike(questions: Ids, passages: Ids, size: int, group: int, seed: int) -> Iterator[Batch]:
    """Yield endless batches of `size` questions and passages, made of groups of like passages."""
    weights = term_weights(passages)
    random = np.random.default_rng(seed)
    while True:
        groups = list(nearest(weights, group, random))
        order = random.permutation(len(groups))
        for start in range(0, len(order) - size // group + 1, size // group):
            rows: Sequence[int] = np.concatenate(
                [groups[place] for place in order[start : start + size // group]]
            ).tolist()
            yield Batch([questions[r] for r in rows], [passages[r] for r in rows])
