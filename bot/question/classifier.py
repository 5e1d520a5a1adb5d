"""A second look at questions in which no rule sees anything: is this worded like danger?

A linear classifier (multinomial logistic regression) over words, pairs of words and runs of
characters, hashed (Weinberger et al. 2009, "Feature hashing for large scale multitask
learning"), and over the groups of words that the rules know, so that what is learnt from one
word of a group holds for all of them. It is made from `training/triage/phrasings.tsv` by
`training.triage.fit` and needs neither model nor index. Names of substances and
numbers are replaced before, so that it learns what is asked and not about what.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

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

__all__ = ["CLASSES", "SIZE", "WEIGHTS", "features", "probabilities"]

CLASSES: tuple[Kind, ...] = ("information", "emergency", "crisis", "how_to", "dosing")
"""The kinds that it tells apart, in the order of the columns of its weights."""

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


@cache
def _weights() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    try:
        with np.load(WEIGHTS) as file:
            weights = file["weights"].astype(np.float32) * file["scale"]
            intercept = file["intercept"].astype(np.float32)
    except (OSError, KeyError, ValueError) as error:
        raise CatalogueInvalid(
            f"{WEIGHTS.name} cannot be read; make it again with python -m training.triage.fit"
        ) from error
    return weights, intercept


def probabilities(reading: Text, names: Names) -> dict[Kind, float]:
    """Return how probable each of `CLASSES` is for a folded reading; they add up to 1.

    Raises:
        CatalogueInvalid: the weights are missing or damaged.

    """
    weights, intercept = _weights()
    found, values = features(reading, names)
    scores = intercept + values @ weights[found]
    odds = np.exp(scores - scores.max())
    return dict(zip(CLASSES, (odds / odds.sum()).tolist(), strict=True))
