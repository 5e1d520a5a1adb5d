"""Makes `bot/question/classifier.npz` from `phrasings.tsv`.

    python -m training.triage.fit

The examples of dosing, danger and making are written out in that file, and so are their
harmless twins; harmless questions about every substance and topic come from the templates of
the lexicon besides, questions about anything else from `elsewhere.toml`, and what people tell a
counsellor who are in no danger from `worries.txt`. Takes some twenty seconds and
needs scikit-learn, which the program itself does not import.
"""

import random
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from bot.answering.suggestions import question_about
from bot.question.classifier import CLASSES, SIZE, WEIGHTS, features
from bot.question.judgement import readings
from bot.substances.lexicon import substances
from bot.substances.naming import curated
from bot.vocabulary.text import Text
from bot.vocabulary.topics import topics_of_questions
from embeddings.datafiles import beside, table
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

__all__ = ["examples", "fit", "main"]

_PHRASINGS = beside(__file__, "phrasings.tsv")
_WORRIES = beside(__file__, "worries.txt")
_TEMPLATES = 400
_FRAMES = 600
# Their cue words alone may well be a cry for help.
_NEAR_DANGER = frozenset({"overdose", "first_aid", "mental_health", "withdrawal"})
# Inverse strength of the regularisation; chosen on questions that were held out.
_STRENGTH = 20.0
_LARGEST = 127


def examples(path: Path = _PHRASINGS) -> list[tuple[str, str]]:
    """Return (text, kind) of every example written out.

    Raises:
        CatalogueInvalid: a line is not `kind`, `language`, `text` with tabs between.

    """
    found: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        kind, *rest = line.split("\t")
        if kind not in CLASSES or len(rest) != 2:
            raise CatalogueInvalid(f"{path.name}: no kind, language and text: {line[:40]}")
        found.append((rest[1], kind))
    return found


def _harmless() -> list[tuple[str, str]]:
    """Return questions and search words made from the lexicon, the same at each call."""
    choose = random.Random(1)
    asked = list(product(topics_of_questions().values(), substances().values()))
    languages: tuple[Language, ...] = ("zh-Hans", "en")
    whole = [
        question_about(topic.id, substance.id, language, curated())
        for topic, substance in choose.sample(asked, _TEMPLATES)
        for language in languages
    ]
    words = [
        f"{choose.choice((substance.zh, substance.en))} {choose.choice(topic.cues).strip('*')}"
        for topic, substance in choose.sample(asked, _TEMPLATES)
        if topic.id not in _NEAR_DANGER
    ]
    return [(text, "information") for text in (*whole, *words, *elsewhere(choose), *worries())]


def worries(path: Path = _WORRIES) -> list[str]:
    """Return what people in no danger told a counsellor; `#` begins a line of explanation."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


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


def _matrix(texts: Sequence[str]) -> csr_matrix:
    found, values = zip(
        *(features(readings(Text(text))[-1], curated()) for text in texts), strict=True
    )
    ends = np.cumsum([0, *map(len, found)])
    return csr_matrix(
        (np.concatenate(values), np.concatenate(found), ends), shape=(len(texts), SIZE)
    )


def fit(
    rows: Iterable[tuple[str, str]],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return weights of shape (SIZE, kinds) and an intercept of shape (kinds,)."""
    texts, kinds = zip(*rows, strict=True)
    wanted = [CLASSES.index(kind) for kind in kinds]
    counts = np.bincount(wanted, minlength=len(CLASSES))
    # Half-way between all rows and all kinds counting the same: danger is rare here, and dear.
    weights = {kind: float(np.sqrt(len(wanted) / count)) for kind, count in enumerate(counts)}
    model = LogisticRegression(C=_STRENGTH, max_iter=1000, class_weight=weights)
    model.fit(_matrix(texts), wanted)
    return model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)


def main() -> None:
    """Write the weights, rounded to one byte each."""
    weights, intercept = fit([*examples(), *_harmless()])
    scale = np.float32(np.abs(weights).max() / _LARGEST)
    small = np.round(weights / scale).astype(np.int8)
    np.savez_compressed(WEIGHTS, weights=small, scale=scale, intercept=intercept)


if __name__ == "__main__":
    main()
