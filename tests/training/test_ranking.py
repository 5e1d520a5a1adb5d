"""Fitting the weights of the ranking: its slope, its bounds, and a preference it must find."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import approx_fprime

from training.ranking import ARMS, TONGUES, Example, fit, fitted_parts, loss

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
        return Example(tongue, features, right, weight=1.0 + (tongue == "zh"))

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
