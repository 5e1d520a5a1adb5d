"""How names are compared, and which of the curated substances bear them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from bot.substances.lexicon import Substance, substances
from bot.vocabulary.concepts import concept_words
from bot.vocabulary.text import key
from bot.vocabulary.topics import topics_of_questions
from embeddings.datafiles import table

__all__ = ["by_name", "certain", "certain_names", "endings", "nothing", "stems"]


@cache
def by_name() -> Mapping[str, frozenset[str]]:
    """Return the curated substances that bear a name, by its key."""
    found: dict[str, set[str]] = defaultdict(set)
    for substance in substances().values():
        for name in (substance.zh, substance.en, *substance.aliases):
            found[key(name)].add(substance.id)
    return {key: frozenset(ids) for key, ids in found.items()}


def certain_names(substance: Substance) -> list[str]:
    """Return the names of a substance that are no ordinary words, initials or single letters."""
    names = dict.fromkeys((substance.zh, substance.en, *substance.aliases))
    return [name for name in names if name not in substance.context and len(key(name)) > 1]


@cache
def certain() -> Mapping[str, str]:
    """Return the one substance that a name stands for wherever it stands, by its key."""
    known = {key(name): one.id for one in substances().values() for name in certain_names(one)}
    return {name: known[name] for name, ids in by_name().items() if name in known and len(ids) == 1}


def stems(title: str) -> Iterator[str]:
    """Yield the keys under which a title may be known: itself, without what it ends in."""
    yield key(title)
    for ending in endings()["endings"]:
        if title.endswith(ending) and len(title) > len(ending) + 1:
            yield key(title.removesuffix(ending) + "类")
            yield key(title.removesuffix(ending))


@cache
def endings() -> Mapping[str, tuple[str, ...]]:
    """Return what titles of classes end in, the longest first of those that overlap."""
    rows = table(__file__, "pages.toml")
    return {name: tuple(rows[name]) for name in ("endings", "class_endings", "group_endings")}


@cache
def nothing() -> frozenset[str]:
    """Return words that are names of nothing to take, as keys: of topics, concepts and roles."""
    cues = [cue for topic in topics_of_questions().values() for cue in topic.cues]
    roles = table(__file__, "pages.toml")["roles"]
    return frozenset(key(word.strip("*#")) for word in (*concept_words(), *cues, *roles))
