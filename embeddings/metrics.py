"""Measures of a ranking, as in TREC, and how far chance may move them."""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

__all__ = ["bootstrap", "ndcg", "recall", "reciprocal_rank"]


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
    values: Sequence[float],
    statistic: Callable[[np.ndarray], float] = np.mean,
    rounds: int = 1000,
    seed: int = 20250531,
) -> tuple[float, float]:
    """Return the 95% percentile interval of a statistic over questions (Efron 1979)."""
    sample = np.asarray(values, dtype=np.float64)
    if not len(sample):
        return (0.0, 0.0)
    random = np.random.default_rng(seed)
    drawn = sample[random.integers(0, len(sample), (rounds, len(sample)))]
    low, high = np.percentile([statistic(row) for row in drawn], [2.5, 97.5])
    return float(low), float(high)
