"""Fits the weights of the ranking to questions whose right passage is known.

    python -m training.ranking --data DIR FILE[:WEIGHT] …

`DIR` holds a snapshot of the corpora that the questions are about, `FILE`s are JSON lines of
`{query, history?, gold: [{doc, must_contain}], answerable}`; a file counts WEIGHT times a
question (1 where not given). Writes `weights.toml`. Prints what the weights did as they were, and
new ones on folds that took no part in their fit. To be run again after another model.

The probability of a right passage among the candidates is a softmax of the linear score (Cao et
al. 2007, "Learning to rank: from pairwise to listwise approach"); its mean logarithm is maximised
with a penalty on large weights. The two languages share weights but for small differences.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, minimize

from bot.evaluation.cases import bare
from bot.retrieval import weights
from bot.retrieval.features import features_of
from bot.retrieval.label_index import label_index
from bot.retrieval.ranked import query_for
from bot.retrieval.subject import Subject, subject_of
from bot.retrieval.weights import ranking
from bot.substances.glossary import names_of
from bot.substances.naming import curated
from bot.vocabulary.text import Text
from embeddings.datafiles import beside
from embeddings.encoder import Encoder, SentenceEncoder
from embeddings.search import arms, first_rows, scaled
from embeddings.snapshot import Snapshot, load
from training.examples import Example
from training.folds import ranks, told, unseen

__all__ = ["ARMS", "examples", "fit", "to_toml"]

ARMS = ("passage", "sentence", "lexical", "heading")
HELPING = (
    "named",
    "inside",
    "page",
    "headed",
    "topic",
    "heading",
    "concept",
    "titled",
    "called",
    "together",
)
TONGUES = ("zh", "en")
SHARPNESS = 12.0
"""How many times the score the softmax takes: scores of good candidates differ by about 0.1."""

PENALTY, APART = 0.01, 0.05
"""What weights cost by their squares, and what differences between languages do."""

START = 0.05
"""The weight that every feature begins with."""


def examples(
    snapshot: Snapshot, encoder: Encoder, rows: Sequence[Any], names: Sequence[str], weight: float
) -> Iterator[Example]:
    """Yield an example for each answerable question whose right passage is a candidate."""
    texts = [bare(passage.text) for passage in snapshot.passages]
    for row in rows:
        if not row["answerable"]:
            continue
        earlier = [Text(turn) for turn in turns(row)]
        subject = subject_of(Text(row["query"]), names_of(snapshot), earlier)
        found = candidates(snapshot, encoder, subject, names)
        gold = [(g["doc"], bare(g["must_contain"])) for g in row["gold"]]
        right = np.array(
            [
                any(snapshot.passages[at].document == doc and run in texts[at] for doc, run in gold)
                for at in found[0]
            ]
        )
        if right.any():
            yield Example(subject.language[:2], found[1], right, weight, gold[0][0])


def turns(row: Any) -> tuple[str, ...]:  # noqa: ANN401 -- a parsed line
    """Return the person's own earlier questions."""
    spoken = (
        t if isinstance(t, str) else t["content"] * (t["role"] == "user") for t in history(row)
    )
    return tuple(turn for turn in spoken if turn)


def history(row: Any) -> Sequence[Any]:  # noqa: ANN401 -- a parsed line
    """Return what was said before, none where a row has none."""
    return list(row.get("history", ()))


def candidates(
    snapshot: Snapshot, encoder: Encoder, subject: Subject, names: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the rows of the candidates of a question and their features, named by `names`."""
    query = query_for(snapshot, subject)
    vector = encoder.encode([subject.text.original])[0]
    found = arms(snapshot, vector, query)
    rows = first_rows(snapshot, found, query)
    near = found.passage.copy()
    near[rows] = snapshot.sentences.best(rows, vector)
    parts = dict(zip(ARMS, scaled(near, found, query.weights), strict=True))
    told = features_of(label_index(snapshot), subject)
    nothing = np.zeros(len(near), dtype=np.float32)
    columns = [parts[name] for name in ARMS] + [told.get(name, nothing) for name in names]
    return rows, np.stack(columns, axis=1)[rows]


def fit(found: Sequence[Example], names: Sequence[str]) -> dict[str, NDArray[np.float64]]:
    """Return the weights of the features for each language."""
    shared, *apart = fitted_parts(found, names)
    return {tongue: shared + own for tongue, own in zip(TONGUES, apart, strict=True)}


def fitted_parts(found: Sequence[Example], names: Sequence[str]) -> list[NDArray[np.float64]]:
    """Return the weights that the languages share, then what each of them adds.

    The loss is convex, and L-BFGS-B (Byrd et al. 1995, "A limited memory algorithm for bound
    constrained optimization") finds its minimum within bounds: no arm, and no feature that says
    that a passage is about what was asked, may count against it in the shared weights. What a
    language adds has no bound, only a price.
    """
    features = [*ARMS, *names]
    size = len(features)
    least = [0.0 if name in {*ARMS, *HELPING} else -np.inf for name in features]
    bounds = Bounds(np.array([*least, *[-np.inf] * size * len(TONGUES)]))
    start = np.concatenate([np.full(size, START), np.zeros(size * len(TONGUES))])
    reached = minimize(loss, start, (found,), method="L-BFGS-B", jac=True, bounds=bounds)
    return np.split(reached.x, 1 + len(TONGUES))


def loss(
    values: NDArray[np.float64], found: Sequence[Example]
) -> tuple[float, NDArray[np.float64]]:
    """Return what weights cost, the shared ones and the differences in a row, and its slope.

    That is the mean negative logarithm of the probability of a right passage, and the penalties.
    """
    shared, *apart = np.split(values, 1 + len(TONGUES))
    cost = PENALTY * float(shared @ shared) + APART * sum(float(own @ own) for own in apart)
    slopes = [2 * PENALTY * shared, *(2 * APART * own for own in apart)]
    total = sum(example.weight for example in found)
    for example in found:
        at = TONGUES.index(example.tongue)
        logarithm, slope = likelihood(example, shared + apart[at])
        cost -= example.weight / total * logarithm
        for part in (0, 1 + at):
            slopes[part] -= example.weight / total * slope
    return cost, np.concatenate(slopes)


def likelihood(example: Example, weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Return the logarithm of the probability of a right passage, and its gradient."""
    scores = SHARPNESS * (example.features @ weights)
    odds = np.exp(scores - scores.max())
    every = odds / odds.sum()
    those = np.where(example.right, every, 0.0)
    chance = those.sum()
    slope: NDArray[np.float64] = SHARPNESS * ((those / chance - every) @ example.features)
    return float(np.log(chance)), slope


def to_toml(fitted: dict[str, NDArray[np.float64]], names: Sequence[str]) -> str:
    """Write the weights as `weights.toml`; what is not fitted stays as it is."""
    lines = ["# Written by `python -m training.ranking`; see there."]
    for tongue, values in fitted.items():
        before = ranking("en" if tongue == "en" else "zh-Hans")
        arms_of = dict(zip(ARMS, (round(float(v), 3) for v in values), strict=False))
        weights = replace(before.weights, **arms_of)
        lines += ["", f"[{tongue}.arms]"]
        lines += [f"{name} = {getattr(weights, name)}" for name in weights.__slots__]
        lines += ["", f"[{tongue}.features]"]
        fitted_features = dict(zip(names, (float(v) for v in values[len(ARMS) :]), strict=True))
        total = dict(before.features) | fitted_features
        lines += [f'"{name}" = {round(value, 3)}' for name, value in total.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit on the files named on the command line and write the weights."""
    parser = argparse.ArgumentParser(description="Fit the weights of the ranking.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("files", nargs="+")
    given = parser.parse_args()
    snapshot, encoder = load(given.data), SentenceEncoder()
    names = tuple(sign_names(snapshot))
    found: list[Example] = []
    for file in given.files:
        path, _, weight = file.partition(":")
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line]
        found += examples(snapshot, encoder, rows, names, float(weight or 1))
    now = {tongue: as_they_are(tongue, names) for tongue in TONGUES}
    new = unseen(found, lambda some: fit(some, names))
    for line in (told("as they were", ranks(found, now)), told("new, on folds", new)):
        sys.stdout.write(f"{line}\n")
    fitted = fit(found, names)
    beside(weights.__file__, "weights.toml").write_text(to_toml(fitted, names), encoding="utf-8")


def as_they_are(tongue: str, names: Sequence[str]) -> NDArray[np.float64]:
    """Return the weights that the program has, in the order of the features."""
    before = ranking("en" if tongue == "en" else "zh-Hans")
    arms_of = [getattr(before.weights, name) for name in ARMS]
    return np.array([*arms_of, *(before.features.get(name, 0.0) for name in names)])


def sign_names(snapshot: Snapshot) -> list[str]:
    """Return the names of all features that a question can bring."""
    asked = replace(
        subject_of(Text("氯胺酮会上瘾吗"), curated()),
        concepts=frozenset({"liver"}),
        topics=frozenset({"effects"}),
    )
    return list(features_of(label_index(snapshot), asked))


if __name__ == "__main__":
    main()
