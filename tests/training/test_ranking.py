"""Fitting the weights of the ranking: its slope, its bounds, and a preference it must find."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import approx_fprime

from training.examples import Example
from training.folds import ranks, told, unseen
from training.ranking import ARMS, TONGUES, fit, fitted_parts, loss

NAMES = ("named", "long")
SIZE = len(ARMS) + len(NAMES)
PLANTED = np.array([0.0, 0.5, 0.0, 0.0, 0.8, -0.4])
"""Sentences and names tell the right passage, and being long tells a wrong one."""


@pytest.fixture(scope="module")
def found() -> list[Example]:
    """Questions in two languages whose right passage is the best by the planted weights."""
    random = np.random.default_rng(3)

    def example(tongue: str) -> Example:
        features = random.random((12, SIZE)).astype(np.float32)
        right = np.arange(12) == np.argmax(features @ PLANTED)
        return Example(tongue, features, right, 1.0 + (tongue == "zh"), f"{random.random()}")

    return [example(TONGUES[at % 2]) for at in range(160)]


def test_the_slope_is_that_of_the_loss(found: list[Example]) -> None:
    values = np.random.default_rng(1).normal(size=SIZE * (1 + len(TONGUES)))

    def cost(at: NDArray[np.float64]) -> float:
        return loss(at, found)[0]

    numerical = approx_fprime(values, cost, 1e-7)
    assert loss(values, found)[1] == pytest.approx(numerical, abs=1e-4)


def test_a_planted_preference_is_learnt(found: list[Example]) -> None:
    fitted = fit(found, NAMES)
    for tongue, weights in fitted.items():
        assert np.corrcoef(weights, PLANTED)[0, 1] > 0.98, tongue
        mine = [example for example in found if example.tongue == tongue]
        first = [example.right[np.argmax(example.features @ weights)] for example in mine]
        assert np.mean(first) > 0.9


def test_no_arm_counts_against_a_passage_in_both_languages(found: list[Example]) -> None:
    against = [Example(e.tongue, -e.features, e.right, e.weight) for e in found]
    shared, *_ = fitted_parts(against, NAMES)
    assert (shared[: len(ARMS) + 1] >= 0).all()
    assert shared[-1] > 0.1


def test_the_rank_is_that_of_the_first_right_candidate() -> None:
    features = np.array([[0.1], [0.9], [0.5]], np.float32)
    one = Example("en", features, np.array([True, False, True]), 1.0)
    assert ranks([one], {"en": np.array([1.0])}) == [2]
    assert ranks([one], {"en": np.array([-1.0])}) == [1]
    assert told("so", [1, 2]) == "so: among 1 0.500, among 5 1.000, among 10 1.000, of 2"


def test_what_holds_everywhere_is_found_on_folds_that_were_left_out(found: list[Example]) -> None:
    seen: list[int] = []

    def counted(some: Sequence[Example]) -> dict[str, NDArray[np.float64]]:
        seen.append(len(some))
        return fit(some, NAMES)

    assert np.mean(np.array(unseen(found, counted)) == 1) > 0.85
    assert max(seen) < len(found)
