"""Fits how sure the program is that something answers, to questions that are answered or nowhere.

    python -m training.abstention --data DIR [--data DIR …] FILE …

Each `DIR` holds a snapshot of some of the corpora that the questions are about, a small one beside
a large one, so that no weight counts on a size; `FILE`s are as those of `training.ranking`. What
is answered, but not by a snapshot, is left out of its examples. Questions about
anything else, from the training of triage, stand beside those that nobody answers. Writes
`abstention.toml`, and prints what the limits did on folds that took no part in a fit. To be run
again after another model or another ranking.

A logistic regression. Its limits are quantiles of what folds by page say of the answered: one
below which next to none of them lies (`shown`), one below which some do, and most of the others
(`sure`).
"""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import GroupKFold, cross_val_predict  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from bot.evaluation.cases import Case
from bot.evaluation.rows import read_cases
from bot.question.question import Question
from bot.question.reading import read
from bot.retrieval import abstention
from bot.retrieval.abstention import nothing_names_it, unheard_of
from bot.retrieval.evidence import evidence
from bot.retrieval.ranked import DEPTH, own_language, query_for
from bot.retrieval.subject import subject_of
from bot.substances.glossary import names_of
from embeddings.datafiles import beside
from embeddings.encoder import Encoder, question_encoder
from embeddings.search import search
from embeddings.snapshot import Snapshot, load
from training.triage.lines import elsewhere

__all__ = ["Example", "Fitted", "examples", "fit", "strangers", "to_toml"]

LOST, DOUBTED = 0.01, 0.12
"""Shares of the answered that the limits may cost: shown nothing, told that it may be no answer."""

ELSEWHERE: Final = 300
"""So many questions about anything else; more would outweigh those that are hard."""

STRENGTH: Final = 0.3
FOLDS: Final = 5


class Example(NamedTuple):
    """One question: what speaks for its best passages, whether one answers, and its page."""

    features: Mapping[str, float]
    answered: bool
    page: str


class Fitted(NamedTuple):
    """What is written: a constant, a weight a feature, and the limits."""

    constant: float
    weights: Mapping[str, float]
    limits: Mapping[str, float]


def examples(snapshot: Snapshot, encoder: Encoder, cases: Iterable[Case]) -> Iterator[Example]:
    """Yield an example for each question of which no fixed signal says that nothing answers."""
    names = names_of(snapshot)
    for case in cases:
        if case.answerable and not case.reachable(snapshot):
            continue
        reading = read(Question(case.query, case.history), names)
        subject = subject_of(reading.text, names, reading.earlier)
        query = query_for(snapshot, subject)
        vector = encoder.encode([subject.text.original])[0]
        hits = own_language(tuple(search(snapshot, vector, query, DEPTH)), subject)
        if nothing_names_it(hits, subject) or unheard_of(subject, snapshot, query):
            continue
        page = case.gold[0].document if case.gold else case.id
        yield Example(evidence(hits, subject, snapshot), case.answerable, page)


def strangers(number: int = ELSEWHERE) -> list[Case]:
    """Return questions about anything else, the same at each call."""
    choose = random.Random(1)
    asked = choose.sample(elsewhere(choose), number)
    return [Case(f"elsewhere-{at}", text, answerable=False) for at, text in enumerate(asked)]


def fit(found: Sequence[Example]) -> tuple[Fitted, str]:
    """Return the weights with their limits, and a line on what these do to folds never seen."""
    names = list(found[0].features)
    values = np.array([[each.features[name] for name in names] for each in found])
    answered = np.array([each.answered for each in found])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=3000))
    folds = GroupKFold(FOLDS).split(values, answered, [each.page for each in found])
    sure = cross_val_predict(model, values, answered, cv=list(folds), method="predict_proba")[:, 1]
    limits = {
        "shown": float(np.quantile(sure[answered], LOST)),
        "sure": float(np.quantile(sure[answered], DOUBTED)),
    }
    model.fit(values, answered)
    scaler, regression = model[0], model[1]
    weights = regression.coef_[0] / scaler.scale_
    constant = float(regression.intercept_[0] - weights @ scaler.mean_)
    return Fitted(constant, dict(zip(names, map(float, weights), strict=True)), limits), told(
        sure, answered, limits
    )


def told(
    sure: NDArray[np.float64], answered: NDArray[np.bool_], limits: Mapping[str, float]
) -> str:
    """Return a line on what the limits do: of the answered, and of the others."""
    parts = [
        f"{name}: below it {np.mean(sure[answered] < limit):.3f} of {answered.sum()} answered,"
        f" {np.mean(sure[~answered] < limit):.3f} of {(~answered).sum()} others"
        for name, limit in limits.items()
    ]
    return "; ".join(parts)


def to_toml(fitted: Fitted) -> str:
    """Write the weights as `abstention.toml`."""
    lines = [
        "# Written by `python -m training.abstention`; see there.",
        "",
        "[limits]",
        *(f"{name} = {value:.3f}" for name, value in fitted.limits.items()),
        "",
        "[weights]",
        f"constant = {fitted.constant:.3f}",
        *(f"{name} = {value:.3f}" for name, value in fitted.weights.items()),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit on the files named on the command line and write the weights."""
    parser = argparse.ArgumentParser(description="Fit how sure it is that something answers.")
    parser.add_argument("--data", type=Path, required=True, action="append")
    parser.add_argument("files", nargs="+", type=Path)
    given = parser.parse_args()
    encoder = question_encoder()
    cases = [*chain.from_iterable(map(read_cases, given.files)), *strangers()]
    found = [each for place in given.data for each in examples(load(place), encoder, cases)]
    fitted, line = fit(found)
    beside(abstention.__file__, "abstention.toml").write_text(to_toml(fitted), encoding="utf-8")
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
