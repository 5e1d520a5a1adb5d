"""Fits the weights of the ranking to questions whose right passage is known.

    python -m training.ranking --data DIR FILE[:WEIGHT] …

`DIR` holds a snapshot of the corpora that the questions are about, `FILE`s are JSON lines of
`{query, history?, gold: [{doc, must_contain}], answerable}`; a file counts WEIGHT times a
question (1 where not given). Writes `weights.toml`. To be run again after another model.

The probability of a right passage among the candidates is a softmax of the linear score (Cao et
al. 2007, "Learning to rank: from pairwise to listwise approach"); its mean logarithm is maximised
with a penalty on large weights. The two languages share weights but for small differences.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.cases import bare
from bot.retrieval import weights
from bot.retrieval.features import signs
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

__all__ = ["ARMS", "Example", "examples", "fit", "to_toml"]

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

STEPS, RATE = 600, 0.02


@dataclass(frozen=True, slots=True)
class Example:
    """One question: `features` (c, f) of its candidates, which of them are `right` (c,)."""

    tongue: str
    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    weight: float


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
            yield Example(subject.language[:2], found[1], right, weight)


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
    told = signs(label_index(snapshot), subject)
    nothing = np.zeros(len(near), dtype=np.float32)
    columns = [parts[name] for name in ARMS] + [told.get(name, nothing) for name in names]
    return rows, np.stack(columns, axis=1)[rows]


def fit(found: Sequence[Example], names: Sequence[str]) -> dict[str, NDArray[np.float64]]:
    """Return the weights of the features for each language, by Adam from small equal ones."""
    size = len(ARMS) + len(names)
    helping = [at for at, name in enumerate([*ARMS, *names]) if name in {*ARMS, *HELPING}]
    shared = np.full(size, 0.05)
    apart = {tongue: np.zeros(size) for tongue in TONGUES}
    state = {key: (np.zeros(size), np.zeros(size)) for key in ("shared", *TONGUES)}
    total = sum(example.weight for example in found)
    for step in range(1, STEPS + 1):
        slopes = {key: np.zeros(size) for key in state}
        for example in found:
            slope = example.weight / total * slope_of(example, shared + apart[example.tongue])
            slopes["shared"] += slope
            slopes[example.tongue] += slope
        slopes["shared"] -= 2 * PENALTY * shared
        for tongue in TONGUES:
            slopes[tongue] -= 2 * APART * apart[tongue]
        for key, values in (("shared", shared), *apart.items()):
            values += adam(state[key], slopes[key], step)
        # No arm, and no sign that a passage is about what was asked, may count against it.
        shared[helping] = np.maximum(shared[helping], 0.0)
    return {tongue: shared + difference for tongue, difference in apart.items()}


def slope_of(example: Example, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the gradient of the logarithm of the probability of a right passage."""
    scores = SHARPNESS * (example.features @ weights)
    odds = np.exp(scores - scores.max())
    every = odds / odds.sum()
    those = np.where(example.right, odds, 0.0)
    those /= those.sum()
    slope: NDArray[np.float64] = SHARPNESS * ((those - every) @ example.features)
    return slope


def adam(
    state: tuple[NDArray[np.float64], NDArray[np.float64]], slope: NDArray[np.float64], step: int
) -> NDArray[np.float64]:
    """Return one step up a slope (Kingma and Ba 2015, arXiv 1412.6980)."""
    mean, square = state
    mean += 0.1 * (slope - mean)
    square += 0.01 * (slope**2 - square)
    corrected = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    move: NDArray[np.float64] = RATE * (1 - step / (STEPS + 1)) * corrected
    return move


def to_toml(fitted: dict[str, NDArray[np.float64]], names: Sequence[str]) -> str:
    """Write the weights as `weights.toml`; what is not fitted stays as it is."""
    lines = ["# Written by `python -m training.ranking`; see there."]
    for tongue, values in fitted.items():
        before = ranking("en" if tongue == "en" else "zh-Hans")
        arms_of = dict(zip(ARMS, (round(float(v), 3) for v in values), strict=False))
        weights = replace(before.weights, **arms_of)
        lines += ["", f"[{tongue}.arms]"]
        lines += [f"{name} = {getattr(weights, name)}" for name in weights.__slots__]
        lines += ["", f"[{tongue}.signs]"]
        fitted_signs = dict(zip(names, (float(v) for v in values[len(ARMS) :]), strict=True))
        total = dict(before.signs) | fitted_signs
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
    fitted = fit(found, names)
    beside(weights.__file__, "weights.toml").write_text(to_toml(fitted, names), encoding="utf-8")


def sign_names(snapshot: Snapshot) -> list[str]:
    """Return the names of all signs that a question can bring."""
    asked = replace(
        subject_of(Text("氯胺酮会上瘾吗"), curated()),
        concepts=frozenset({"liver"}),
        topics=frozenset({"effects"}),
    )
    return list(signs(label_index(snapshot), asked))


if __name__ == "__main__":
    main()
