"""Makes `bot/question/classifier.npz` from the lines of `training.triage.lines`.

    python -m training.triage.fit

The scores become probabilities by lines fitted to what was left out in turn: whole batches, so
that nothing restated stands on both sides. Takes half a minute and needs scikit-learn, which the
program itself does not import.
"""

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from bot.kinds import DANGERS, PRESSING
from bot.question.classifier import LEARNT, SIZE, WEIGHTS, features
from bot.question.judgement import readings
from bot.substances.naming import curated
from bot.vocabulary.text import Text
from training.triage.lines import INFORMATION, Line, lines

__all__ = ["fit", "folds", "main", "matrix", "out_of_fold"]

Floats = NDArray[np.float32]

# Inverse strength of the regularisation, chosen on folds.
_STRENGTH = 40.0
# How much a line counts against a kind that it is not. Lines written near the border of honest
# questions tell most; what is declined or met in another way anyway may be seen as more than it
# is. Chosen on folds, for what of each kind is seen where so many of a hundred honest lines are
# taken for it.
_HONEST_COUNTS = 4.0
_ANOTHER_COUNTS = 0.2
_FOLDS = 5
_LARGEST = 127


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
    if INFORMATION in row.kinds:
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
