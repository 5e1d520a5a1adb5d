"""What a question speaks of beside its substance, so that it can be looked for in the passages."""

import re
from collections.abc import Collection, Iterable
from functools import cache

from bot.vocabulary.matching import Phrases, longest
from bot.vocabulary.spans import Spans
from bot.vocabulary.text import Text
from embeddings.datafiles import table

__all__ = ["concept_words", "concepts", "needed", "other_words"]

_NOTHING, _HINTS = "nothing", "hints"
"""Groups of `concepts.toml` whose words mean no concept, or one that nobody must name."""

# `健身吃的肌酸`: who takes something, or for what, is not what is asked about it.
_BY_THE_WAY = re.compile(r"(?:时|的?人)?[吃喝用打抽开]的")


@cache
def _words() -> Phrases[str]:
    """Read the words of all concepts from `concepts.toml`."""
    return Phrases(
        (word, "" if name == _NOTHING else concept)
        for name, group in table(__file__, "concepts.toml").items()
        for concept, words in group.items()
        for word in words
    )


def concepts(text: Text, named: Iterable[tuple[int, int]] = ()) -> frozenset[str]:
    """Return the concepts whose words a text has, the longest word at each place.

    `named` are the places of names of substances: inside one, a word is none (象牙浪 has no 牙).
    Nor is it one that only says who takes something, or what for (`健身吃的`).
    """
    folded, names = text.folded, Spans(named)
    hits = longest(text.hits(_words()))
    return frozenset(
        hit.value
        for hit in hits
        if hit.value
        and not names.cover(*folded.span(hit.start, hit.end))
        and not _BY_THE_WAY.match(folded.text, hit.end)
    )


@cache
def concept_words() -> frozenset[str]:
    """Return every word of every concept."""
    groups = table(__file__, "concepts.toml").values()
    return frozenset(word for group in groups for words in group.values() for word in words)


def needed(found: Collection[str]) -> frozenset[str]:
    """Return those concepts without which no passage answers: all but those that are mere hints."""
    return frozenset(found).difference(table(__file__, "concepts.toml")[_HINTS])


def other_words(found: Collection[str]) -> tuple[str, ...]:
    """Return a few words, in both languages, for each of some concepts."""
    return tuple(
        word
        for name, group in table(__file__, "concepts.toml").items()
        for concept, words in group.items()
        if concept in found and name != _NOTHING
        for word in (*_in(words, latin=False), *_in(words, latin=True))
    )


def _in(words: list[str], *, latin: bool) -> list[str]:
    """Return the first two of some words that are in Latin letters, or are not."""
    return [word for word in words if word.isascii() == latin][:2]
