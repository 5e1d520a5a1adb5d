import math

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from embeddings.metrics import bootstrap, ndcg, paired, recall, reciprocal_rank

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


NAMES = [f"d{at}" for at in range(30)]


@given(
    ranked=st.permutations(NAMES).map(lambda names: names[:20]),
    gains=st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), min_size=1),
)
def test_every_measure_agrees_with_trec_eval(ranked: list[str], gains: dict[str, int]) -> None:
    wanted = {"ndcg_cut.10", "recall.1,3,5,10", "recip_rank"}
    evaluator = pytrec_eval.RelevanceEvaluator({"q": gains}, wanted)
    run = {name: float(-rank) for rank, name in enumerate(ranked)}
    theirs = evaluator.evaluate({"q": run})["q"]
    ours = {
        "ndcg_cut_10": ndcg(ranked, gains),
        "recip_rank": reciprocal_rank(ranked, gains),
        **{f"recall_{k}": recall(ranked, gains, k) for k in (1, 3, 5, 10)},
    }
    assert ours == pytest.approx(theirs)


def test_an_interval_is_that_of_many_draws_whether_made_at_once_or_not() -> None:
    few, many = [1.0, 0.0] * 50, [1.0, 0.0] * 5000
    low, high = bootstrap(few)
    assert (low, high) == pytest.approx((0.4, 0.6), abs=0.03)
    low, high = bootstrap(many)
    assert (low, high) == pytest.approx((0.49, 0.51), abs=0.004)


def test_a_difference_on_the_same_questions_is_surer_than_two_intervals() -> None:
    hard = [at % 10 / 10 for at in range(100)]
    better = [value + 0.05 for value in hard]
    low, high = paired(better, hard)
    assert low > 0
    assert bootstrap(better)[0] < bootstrap(hard)[1]
    assert high == pytest.approx(0.05)
    with pytest.raises(ValueError, match="same questions"):
        paired(better, hard[1:])
