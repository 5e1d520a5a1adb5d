import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.metrics import bootstrap, ndcg, recall, reciprocal_rank

RANKED = ["a", "b", "c", "d"]


def test_ndcg_agrees_with_the_sum_written_out() -> None:
    gained = 1 / math.log2(3) + 1 / math.log2(5)
    assert ndcg(RANKED, {"b": 1, "d": 1}) == pytest.approx(gained / (1 + 1 / math.log2(3)))


def test_recall_counts_what_is_among_the_first() -> None:
    assert recall(RANKED, {"b": 1, "z": 1}, 2) == 0.5
    assert recall(RANKED, {}, 2) == 0


def test_the_reciprocal_rank_is_that_of_the_first_relevant() -> None:
    assert reciprocal_rank(RANKED, {"c": 1, "d": 1}) == pytest.approx(1 / 3)
    assert reciprocal_rank(RANKED, {"z": 1}) == 0


@given(st.permutations(RANKED))
def test_a_perfect_ranking_has_an_ndcg_of_one(ranked: list[str]) -> None:
    relevant = {name: float(len(RANKED) - rank) for rank, name in enumerate(ranked)}
    assert ndcg(ranked, relevant) == pytest.approx(1)


def test_a_bootstrap_interval_holds_the_mean_and_is_repeatable() -> None:
    values = [0.0] * 30 + [1.0] * 70
    low, high = bootstrap(values)
    assert low < 0.7 < high
    assert bootstrap(values) == (low, high)
