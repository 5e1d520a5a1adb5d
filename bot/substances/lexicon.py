"""The substances and classes of substances that the lexicon knows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from embeddings.datafiles import table
from embeddings.errors import CatalogueInvalid

__all__ = ["Substance", "classes_of", "substances"]


@dataclass(frozen=True, slots=True)
class Substance:
    """A substance, or a class of substances that can be asked about like one.

    `aliases` are all its other names; `context` are those among them that are ordinary words
    too. `sources` says for each alias where it was found.
    """

    id: str
    zh: str
    en: str
    classes: tuple[str, ...]
    aliases: tuple[str, ...]
    context: frozenset[str]
    sources: Mapping[str, str]
    is_class: bool = False


def _substance(key: str, row: dict[str, Any]) -> Substance:
    names = {alias: source for source, group in row.get("names", {}).items() for alias in group}
    context = {alias: where for where, group in row.get("context", {}).items() for alias in group}
    if not row.get("zh") or not row.get("en") or not row.get("classes"):
        raise CatalogueInvalid(f"substances.toml: [{key}] needs zh, en and classes")
    if names.keys() & context.keys():
        raise CatalogueInvalid(f"substances.toml: [{key}] has a name in `names` and in `context`")
    sources = MappingProxyType(names | context)
    classes = tuple(row["classes"])
    return Substance(
        key, row["zh"], row["en"], classes, tuple(sources), frozenset(context), sources
    )


def _class(key: str, row: dict[str, Any]) -> Substance:
    context = frozenset(row.get("context", ()))
    aliases = (*row["names"], *context)
    sources = MappingProxyType(dict.fromkeys(aliases, "general"))
    return Substance(key, row["zh"], row["en"], (key,), aliases, context, sources, True)


@cache
def substances() -> Mapping[str, Substance]:
    """Return every substance and class by id.

    Raises:
        CatalogueInvalid: substances.toml or classes.toml is incomplete or contradicts itself.

    """
    classes = {key: _class(key, row) for key, row in table(__file__, "classes.toml").items()}
    found = {key: _substance(key, row) for key, row in table(__file__, "substances.toml").items()}
    for substance in found.values():
        if missing := set(substance.classes) - classes.keys():
            raise CatalogueInvalid(f"classes.toml has no {missing}, named by {substance.id}")
    if both := found.keys() & classes.keys():
        raise CatalogueInvalid(f"{both} is a substance and a class")
    return MappingProxyType(found | classes)


def classes_of(ids: Collection[str]) -> frozenset[str]:
    """Return the classes of the substances `ids`; a class belongs to itself."""
    return frozenset(name for key in ids for name in substances()[key].classes)
