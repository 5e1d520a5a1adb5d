"""The weights of the ranking, fitted by `training.ranking` and kept as data."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import NamedTuple

from embeddings.datafiles import table
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid
from embeddings.search import Weights

__all__ = ["Ranking", "ranking"]

_ARMS = frozenset(field.name for field in fields(Weights))


class Ranking(NamedTuple):
    """What the arms of the search add to a score, and what each feature of the labels does."""

    weights: Weights
    features: Mapping[str, float]


@cache
def _rankings() -> Mapping[str, Ranking]:
    """Read `weights.toml`: a table a language, with the arms and then the features."""
    found = {}
    for language, row in table(__file__, "weights.toml").items():
        if row["arms"].keys() - _ARMS:
            raise CatalogueInvalid(f"ranking.toml: [{language}.arms] has an unknown arm")
        found[language] = Ranking(Weights(**row["arms"]), row["features"])
    return found


def ranking(language: Language) -> Ranking:
    """Return the weights for questions in a language."""
    return _rankings()[language[:2]]
