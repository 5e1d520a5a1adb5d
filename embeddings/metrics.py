"""Measures of a ranking, as in TREC, and how far chance may move them."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

__all__ = ["bootstrap", "ndcg", "paired", "recall", "reciprocal_rank"]

ROUNDS = 1000
SEED = 20250531
AT_ONCE = 1_000_000
"""How many values are drawn at a time: one draw after the other is slow, all at once is much
memory."""


def ndcg(ranked: Sequence[str], relevant: Mapping[str, float], k: int = 10) -> float:
    """Normalised discounted cumulative gain at k (Järvelin and Kekäläinen 2002), in [0, 1]."""
    gains = [relevant.get(document, 0.0) for document in ranked[:k]]
    ideal = sorted(relevant.values(), reverse=True)[:k]
    best = discounted(ideal)
    return discounted(gains) / best if best else 0.0


def discounted(gains: Sequence[float]) -> float:
    """Sum gains, each divided by the binary logarithm of its rank plus one."""
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))


def recall(ranked: Sequence[str], relevant: Mapping[str, float], k: int) -> float:
    """Return the share of the relevant documents that are among the first k."""
    wanted = {document for document, gain in relevant.items() if gain > 0}
    return len(wanted & set(ranked[:k])) / len(wanted) if wanted else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: Mapping[str, float]) -> float:
    """Return one divided by the rank of the first relevant document, 0 if there is none."""
    for rank, document in enumerate(ranked, start=1):
        if relevant.get(document, 0.0) > 0:
            return 1.0 / rank
    return 0.0


def bootstrap(
    values: Sequence[float], rounds: int = ROUNDS, seed: int = SEED
) -> tuple[float, float]:
    """Return the 95% percentile interval of the mean over questions (Efron 1979).

    Questions are drawn with replacement, `rounds` times, from a seeded generator, so that the
    same values give the same interval. (0, 0) where there are none.
    """
    sample = np.asarray(values, dtype=np.float64)
    if not len(sample):
        return (0.0, 0.0)
    random = np.random.default_rng(seed)
    means = np.empty(rounds)
    step = max(1, AT_ONCE // len(sample))
    for at in range(0, rounds, step):
        drawn = random.integers(0, len(sample), (min(step, rounds - at), len(sample)))
        means[at : at + step] = sample[drawn].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def paired(
    ours: Sequence[float], theirs: Sequence[float], rounds: int = ROUNDS, seed: int = SEED
) -> tuple[float, float]:
    """Return the 95% interval of the mean difference of two systems on the same questions.

    A paired bootstrap tells apart what two separate intervals cannot, since easy questions are
    easy for both (Sakai 2006, "Evaluating evaluation metrics based on the bootstrap").
    """
    if len(ours) != len(theirs):
        raise ValueError("paired() takes two measurements of the same questions")
    return bootstrap([a - b for a, b in zip(ours, theirs, strict=True)], rounds, seed)
