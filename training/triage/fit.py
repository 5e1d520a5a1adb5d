"""Makes `bot/question/classifier.npz` from the lines beside it.

    python -m training.triage.fit

`labelled.tsv` says of every line all that it is. `phrasings.tsv`, older, says only which kind
leads: what else a line may be is not known, and it counts for no other kind after that one.
Harmless questions about every substance and topic come from the templates of the lexicon,
questions about anything else from `elsewhere.toml`, plain telling from `narrative.toml` and
`telling.txt`, what people tell a counsellor who are in no danger from `worries.txt`, and what
readers ask who have a page before them from `../questions/train.jsonl`.

The scores become probabilities by lines fitted to what was left out in turn: whole batches, so
that nothing restated stands on both sides. Takes half a minute and needs scikit-learn, which the
program itself does not import.
"""

import json
import random
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from bot.answering.suggestions import question_about
from bot.kinds import BESIDE, DANGERS, PRESSING
from bot.question.classifier import LEARNT, SIZE, WEIGHTS, features
from bot.question.judgement import by_rules, readings
from bot.substances.lexicon import substances
from bot.substances.naming import curated
from bot.vocabulary.english import words
from bot.vocabulary.ordinary import chinese_words
from bot.vocabulary.text import Text
from bot.vocabulary.topics import topics_of_questions
from embeddings.datafiles import beside, table
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

__all__ = [
    "Line",
    "curious",
    "elsewhere",
    "examples",
    "fit",
    "folds",
    "labelled",
    "lines",
    "main",
    "out_of_fold",
    "worries",
]

Floats = NDArray[np.float32]

_PHRASINGS = beside(__file__, "phrasings.tsv")
_LABELLED = beside(__file__, "labelled.tsv")
_WORRIES = beside(__file__, "worries.txt")
_TELLING = beside(__file__, "telling.txt")
_ASKED = Path(__file__).parent.parent / "questions" / "train.jsonl"
_INFORMATION = "information"
_NOT_ASKED_OF = frozenset({_INFORMATION, "another", "minor"})
_TURN = " \u23ce "
_TEMPLATES = 400
_FRAMES = 600
_FILLED = 14
# Their cue words alone may well be a cry for help.
_NEAR_DANGER = frozenset({"overdose", "first_aid", "mental_health", "withdrawal"})
# Inverse strength of the regularisation, and how much a sentence of plain telling counts: much
# more of these, and quiet despair, which is told as plainly, is no longer seen. Chosen on folds.
_STRENGTH = 40.0
_TELLING_COUNTS = 0.6
# What once went wrong stays mended.
_KNOWN_COUNTS = 4.0
# How much a line counts against a kind that it is not. Lines written near the border of honest
# questions tell most; what is declined or met in another way anyway may be seen as more than it
# is. Chosen on folds, for what of each kind is seen where so many of a hundred honest lines are
# taken for it.
_HONEST_COUNTS = 4.0
_ANOTHER_COUNTS = 0.2
_FOLDS = 5
_LARGEST = 127


@dataclass(frozen=True, slots=True)
class Line:
    """One example: what it is, what of it is unknown, what it stands or falls with."""

    text: str
    kinds: frozenset[str]
    unknown: frozenset[str] = frozenset()
    batch: str = ""
    language: str = ""
    counts: float = 1.0


def examples(path: Path = _PHRASINGS) -> list[tuple[str, str]]:
    """Return (text, kind) of every older example.

    Raises:
        CatalogueInvalid: a line is not `kind`, `language`, `text` with tabs between.

    """
    found: list[tuple[str, str]] = []
    for kind, *rest in _rows(path):
        if kind not in (_INFORMATION, *LEARNT) or len(rest) != 2:
            raise CatalogueInvalid(f"{path.name}: no kind, language and text: {kind} {rest}")
        found.append((rest[1], kind))
    return found


def labelled(path: Path = _LABELLED) -> list[Line]:
    """Return the lines that say all that they are; of a follow-up, what was asked last.

    Raises:
        CatalogueInvalid: a line is not `labels`, `language`, `voice`, `batch`, `text`.

    """
    found = []
    for row in _rows(path):
        kinds = frozenset(row[0].split("+"))
        if len(row) != 5 or not kinds <= _NOT_ASKED_OF.union(LEARNT):
            raise CatalogueInvalid(f"{path.name}: no labels, language, voice, batch, text: {row}")
        text = row[4].rpartition(_TURN)[2]
        found.append(Line(text, kinds, batch=f"batch {row[3]}", language=row[1]))
    return found


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def lines() -> list[Line]:
    """Return every example, the same at each call."""
    older = [
        Line(text, frozenset({kind}), _untold(kind), text, counts=_KNOWN_COUNTS)
        for text, kind in examples()
    ]
    return [*older, *labelled(), *_harmless(), *curious()]


def _untold(kind: str) -> frozenset[str]:
    """Return the kinds that a line may be too which says only what leads: those that come after.

    Where nothing leads, something may still stand beside.
    """
    order = [str(each) for each in PRESSING]
    after = order[order.index(kind) + 1 :] if kind in order else []
    return frozenset({*after, *BESIDE})


def _harmless() -> list[Line]:
    """Return questions and search words made from the lexicon, and what is told without need."""
    choose = random.Random(1)
    asked = list(product(topics_of_questions().values(), substances().values()))
    languages: tuple[Language, ...] = ("zh-Hans", "en")
    whole = [
        question_about(topic.id, substance.id, language, curated())
        for topic, substance in choose.sample(asked, _TEMPLATES)
        for language in languages
    ]
    terms = [
        f"{choose.choice((substance.zh, substance.en))} {choose.choice(topic.cues).strip('*')}"
        for topic, substance in choose.sample(asked, _TEMPLATES)
        if topic.id not in _NEAR_DANGER
    ]
    none = frozenset({_INFORMATION})
    alone = (*whole, *terms, *elsewhere(choose), *worries())
    told = [Line(text, none, batch=text, counts=_TELLING_COUNTS) for text in worries(_TELLING)]
    return [*(Line(text, none, batch=text) for text in alone), *_narrative(choose), *told]


def worries(path: Path = _WORRIES) -> list[str]:
    """Return what people in no danger told; `#` begins a line of explanation."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return [line for line in rows if line and not line.startswith("#")]


def curious(path: Path = _ASKED) -> list[Line]:
    """Return what was asked about pages, but for what the rules see danger in, or decline."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    none = frozenset({_INFORMATION})
    return [
        Line(row["query"], none, batch=row["query"])
        for row in rows
        if by_rules(Text(row["query"]), curated()).kinds.isdisjoint(PRESSING)
    ]


def elsewhere(choose: random.Random) -> list[str]:
    """Return questions about anything else: frames filled with things, and everyday worries."""
    found: list[str] = []
    for language in table(__file__, "elsewhere.toml").values():
        frames = list(product(language["frames"], language["n"]))
        for frame, thing in choose.sample(frames, _FRAMES):
            part, material = choose.choice(language["p"]), choose.choice(language["m"])
            found.append(frame.format(n=thing, p=part, m=material))
        found += language["lines"]
    return found


def _narrative(choose: random.Random) -> list[Line]:
    """Return plain telling: frames filled with ordinary words."""
    listed = {"en": sorted(words()), "zh": sorted(chinese_words())}
    return [
        Line(frame.format(a=one, b=other), frozenset({_INFORMATION}), batch=frame)
        for language, told in table(__file__, "narrative.toml").items()
        for frame in told["frames"]
        for one, other in (choose.sample(listed[language], 2) for _ in range(_FILLED))
    ]


def matrix(rows: Sequence[Line]) -> csr_matrix:
    """Return the features of each line, of shape (lines, SIZE)."""
    found, values = zip(
        *(features(readings(Text(row.text))[-1], curated()) for row in rows), strict=True
    )
    ends = np.cumsum([0, *map(len, found)])
    return csr_matrix(
        (np.concatenate(values), np.concatenate(found), ends), shape=(len(rows), SIZE)
    )


def folds(rows: Iterable[Line]) -> NDArray[np.int64]:
    """Return in which fold each line is left out; what stands or falls together is in one."""
    return np.array([zlib.crc32(row.batch.encode()) % _FOLDS for row in rows])


def fit(found: csr_matrix, rows: Sequence[Line]) -> tuple[Floats, Floats]:
    """Return weights of shape (SIZE, kinds) and an intercept of shape (kinds,)."""
    columns = [_one(found, rows, kind) for kind in LEARNT]
    weights, intercept = zip(*columns, strict=True)
    return np.stack(weights, axis=1), np.array(intercept, np.float32)


def _one(found: csr_matrix, rows: Sequence[Line], kind: str) -> tuple[Floats, float]:
    """Return the weights and the intercept that tell one kind from everything else."""
    known = np.array([kind not in row.unknown for row in rows])
    wanted = np.array([kind in row.kinds for row in rows])[known]
    counts = np.array([row.counts * _counts(row, kind) for row in rows])[known]
    # Half-way between all rows and both sides counting the same: danger is rare here, and dear.
    rare = float(np.sqrt(counts[~wanted].sum() / counts[wanted].sum()))
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", class_weight={0: 1.0, 1: rare})
    model.fit(found[known], wanted.astype(int), sample_weight=counts)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def _counts(row: Line, kind: str) -> float:
    """Return how much a line counts for or against a kind."""
    if kind in row.kinds:
        return 1.0
    if _INFORMATION in row.kinds:
        return _HONEST_COUNTS if row.batch.startswith("batch ") else 1.0
    if kind in DANGERS and row.kinds & DANGERS:
        return 1.0
    return _ANOTHER_COUNTS if row.kinds.intersection(PRESSING) else 1.0


def out_of_fold(found: csr_matrix, rows: Sequence[Line]) -> Floats:
    """Return the scores of each line by weights that had not seen its batch, (lines, kinds)."""
    scores = np.zeros((len(rows), len(LEARNT)), np.float32)
    places = folds(rows)
    for fold in range(_FOLDS):
        here = np.flatnonzero(places != fold)
        weights, intercept = fit(found[here], [rows[int(place)] for place in here])
        scores[places == fold] = found[places == fold] @ weights + intercept
    return scores


def calibration(scores: Floats, rows: Sequence[Line]) -> tuple[Floats, Floats]:
    """Return slopes (1, kinds) and shifts (kinds,) that make scores out of fold probabilities.

    Fitted to the labelled lines alone: the others are harmless beyond what people ask.
    """
    ours = np.array([row.batch.startswith("batch ") for row in rows])
    lines = []
    for column, kind in enumerate(LEARNT):
        wanted = [kind in row.kinds for row in rows if row.batch.startswith("batch ")]
        model = LogisticRegression(C=1e6).fit(scores[ours, column : column + 1], wanted)
        lines.append((model.coef_[0, 0], model.intercept_[0]))
    slopes, shift = np.array(lines, np.float32).T
    return slopes[None], shift


def main() -> None:
    """Write the weights, rounded to one byte each."""
    rows = lines()
    found = matrix(rows)
    slopes, shift = calibration(out_of_fold(found, rows), rows)
    weights, intercept = fit(found, rows)
    scale = np.float32(np.abs(weights).max() / _LARGEST)
    small = np.round(weights / scale).astype(np.int8)
    np.savez_compressed(
        WEIGHTS, weights=small, scale=scale, intercept=intercept, slopes=slopes, shift=shift
    )


if __name__ == "__main__":
    main()
