"""The words on the moderators' pages, in the three languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot import phrases
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

__all__ = ["words"]

FILE: Final = Path(__file__).with_name("words.toml")


@cache
def words(language: Language) -> Mapping[str, str]:
    """What the pages say: the shared phrases, and those of `words.toml`.

    Raises CatalogueInvalid where the languages do not say the same things.
    """
    own = tomllib.loads(FILE.read_text(encoding="utf-8"))
    if len({frozenset(table) for table in own.values()}) != 1 or language not in own:
        raise CatalogueInvalid(f"{FILE.name} does not say the same in every language")
    return MappingProxyType({**phrases.review(language), **own[language]})
