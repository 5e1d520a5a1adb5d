"""What a question is worded like, whatever the rules see: each kind judged apart.

Linear classifiers (logistic regression, one a kind) over words, pairs of words and runs of
characters, hashed (Weinberger et al. 2009, "Feature hashing for large scale multitask
learning"), and over the groups of words that the rules know, so that what is learnt from one
word of a group holds for all of them. They are made from the lines of `training/triage/` by
`training.triage.fit` and need neither model nor index. Names of substances and
numbers are replaced before, so that they learn what is asked and not about what.

A question may be several kinds at once, so the probabilities do not add up to one. Each score is
turned into a probability by a line fitted to scores of examples that the weights had not seen
(Platt 1999). `calibrated` adds up as many scores a kind as there are slopes: what else judges
wording, such as a model's vector, joins there.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.kinds import Kind
from bot.question.patterns import Place
from bot.question.rules import signs
from bot.question.substance_places import naming_places, unlisted
from bot.substances.naming import Names
from bot.vocabulary.spans import Spans
from bot.vocabulary.text import Text
from embeddings.datafiles import beside
from embeddings.errors import CatalogueInvalid

__all__ = ["LEARNT", "SIZE", "WEIGHTS", "calibrated", "features", "probabilities", "scores"]

LEARNT: tuple[Kind, ...] = ("emergency", "crisis", "how_to", "dosing", "worsening")
"""The kinds that are judged, in the order of the columns of the weights."""

_WORDS, _GROUPS = 1 << 15, 1 << 12
SIZE = _WORDS + _GROUPS
"""How many features there are; a hash decides which one a word, or a group of words, is."""

WEIGHTS = beside(__file__, "classifier.npz")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_DRUG = "\u25c6"
_TOKEN = re.compile(r"[a-z0]+|[\u3400-\u9fff\u25c6]+|[?!]")
_HAN_RUNS = (1, 2, 3)
_WORD_RUNS = (3, 4, 5)


def _general(text: Text, names: Names) -> str:
    """Return a folded reading with a sign for each substance and for each number."""
    reading, others = text.original, unlisted(text, names)
    wider = Spans(others)
    listed = [Place(each.start, each.end) for each in names.mentions(text, asked=True)]
    named = [*others, *(place for place in listed if not wider.touch(*place))]
    parts, place = [], 0
    for start, end in sorted(named):
        parts += [reading[place:start], _DRUG]
        place = end
    return _NUMBER.sub(" 0 ", "".join((*parts, reading[place:])))


def _names(text: str) -> Iterator[str]:
    """Yield the features of a text in words, a repeated one repeatedly."""
    tokens = _TOKEN.findall(text)
    for token in tokens:
        if token[0] < "\u25c6":
            yield token
            padded = f"<{token}>"
            yield from (padded[i : i + n] for n in _WORD_RUNS for i in range(len(padded) - n + 1))
        else:
            yield from (token[i : i + n] for n in _HAN_RUNS for i in range(len(token) - n + 1))
    yield from (f"{one} {other}" for one, other in pairwise(["^", *tokens, "$"]))


def features(reading: Text, names: Names) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the numbers of the features of a folded reading, below `SIZE`, and their values.

    Words and groups are each worth the same in all, however many there are.
    """
    places = signs().places(reading, naming_places(reading, names))
    groups = (name for name in places if not name.startswith("="))
    words = _hashed(_names(_general(reading, names)), _WORDS)
    known = _hashed(groups, _GROUPS)
    found = np.concatenate([words, _WORDS + known])
    values = [np.full(len(part), 1 / np.sqrt(max(1, len(part)))) for part in (words, known)]
    return found, np.concatenate(values).astype(np.float32)


def _hashed(names: Iterable[str], size: int) -> NDArray[np.intp]:
    return np.unique([zlib.crc32(name.encode()) % size for name in {*names}]).astype(np.intp)


class _Weights(NamedTuple):
    """What scores a text, and what makes probabilities of scores.

    `words` (SIZE, kinds) and `intercept` (kinds,) score, `slopes` (judges, kinds) and `shift`
    (kinds,) calibrate.
    """

    words: NDArray[np.float32]
    intercept: NDArray[np.float32]
    slopes: NDArray[np.float32]
    shift: NDArray[np.float32]


@cache
def _weights() -> _Weights:
    try:
        with np.load(WEIGHTS) as file:
            words = file["weights"].astype(np.float32) * file["scale"]
            others = (file[name].astype(np.float32) for name in _Weights._fields[1:])
            return _Weights(words, *others)
    except (OSError, KeyError, ValueError) as error:
        raise CatalogueInvalid(
            f"{WEIGHTS.name} cannot be read; make it again with python -m training.triage.fit"
        ) from error


def scores(reading: Text, names: Names) -> NDArray[np.float32]:
    """Return how much a folded reading is worded like each of `LEARNT`, of shape (kinds,).

    Raises:
        CatalogueInvalid: the weights are missing or damaged.

    """
    found, values = features(reading, names)
    weights = _weights()
    return weights.intercept + values @ weights.words[found]


def calibrated(*judges: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return probabilities, of shape (kinds,), from the scores of every judge of the wording."""
    weights = _weights()
    evidence = weights.shift + sum(
        slope * score for slope, score in zip(weights.slopes, judges, strict=True)
    )
    return np.asarray(1 / (1 + np.exp(-evidence)), np.float32)


def probabilities(reading: Text, names: Names) -> dict[Kind, float]:
    """Return how probable each of `LEARNT` is for a folded reading; several may be.

    Raises:
        CatalogueInvalid: the weights are missing or damaged.

    """
    return dict(zip(LEARNT, calibrated(scores(reading, names)).tolist(), strict=True))
