"""A second look at questions in which no rule sees anything: is this worded like danger?

A linear classifier (multinomial logistic regression) over words, pairs of words and runs of
characters, hashed (Weinberger et al. 2009, "Feature hashing for large scale multitask
learning"). It is made from `lexicon/phrasings.tsv` by `bot.questions.likeness_training` and needs
neither model nor index. Names of substances and numbers are replaced before, so that it learns
what is asked and not about what.
"""

import re
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.names.naming import mentions
from embeddings.errors import CatalogueInvalid

__all__ = ["KINDS", "SIZE", "WEIGHTS", "features", "likeness"]

KINDS = ("information", "emergency", "crisis", "how_to", "dosing")
SIZE = 1 << 15
"""How many features there are; a hash decides which one a word is."""

WEIGHTS = Path(__file__).parent.parent / "lexicon" / "likeness.npz"
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_DRUG = "\u25c6"
_TOKEN = re.compile(r"[a-z0]+|[\u3400-\u9fff\u25c6]+|[?!]")
_HAN_RUNS = (1, 2, 3)
_WORD_RUNS = (3, 4, 5)


def _general(reading: str) -> str:
    """Return a folded reading with a sign for each substance and for each number."""
    parts, place = [], 0
    for mention in mentions(reading, asked=True):
        parts += [reading[place : mention.start], _DRUG]
        place = mention.end
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


def features(reading: str) -> NDArray[np.intp]:
    """Return the numbers of the features that a folded reading has, each once, below `SIZE`."""
    names = set(_names(_general(reading)))
    return np.unique([zlib.crc32(name.encode()) % SIZE for name in names]).astype(np.intp)


@cache
def _weights() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    try:
        with np.load(WEIGHTS) as file:
            weights = file["weights"].astype(np.float32) * file["scale"]
            intercept = file["intercept"].astype(np.float32)
    except (OSError, KeyError, ValueError) as error:
        raise CatalogueInvalid(
            f"{WEIGHTS.name} cannot be read; make it again with "
            "python -m bot.questions.likeness_training"
        ) from error
    return weights, intercept


def likeness(reading: str) -> dict[str, float]:
    """Return how probable each of `KINDS` is for a folded reading; they add up to 1.

    Raises:
        CatalogueInvalid: the weights are missing or damaged.

    """
    weights, intercept = _weights()
    found = features(reading)
    scores = intercept + weights[found].sum(axis=0) / np.sqrt(max(1, len(found)))
    odds = np.exp(scores - scores.max())
    return dict(zip(KINDS, (odds / odds.sum()).tolist(), strict=True))
