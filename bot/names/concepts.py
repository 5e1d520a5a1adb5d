"""What a question speaks of beside its substance, so that it can be looked for in the passages."""

from functools import cache

from bot.names.matching import Folded, Phrases, longest
from bot.names.substances import lexicon

__all__ = ["concepts", "other_words"]


@cache
def _words() -> Phrases[str]:
    """Read the words of all concepts from `lexicon/concepts.toml`."""
    return Phrases(
        (word, concept)
        for group in lexicon("concepts.toml").values()
        for concept, words in group.items()
        for word in words
    )


def concepts(text: str) -> frozenset[str]:
    """Return the concepts whose words a text has, the longest word at each place."""
    return frozenset(hit.value for hit in longest(_words().scan(Folded.of(text).text)))


def other_words(text: str) -> tuple[str, ...]:
    """Return a few more words, in both languages, for the concepts whose words a text has."""
    found = concepts(text)
    return tuple(
        word
        for group in lexicon("concepts.toml").values()
        for concept, words in group.items()
        if concept in found
        for word in (*_in(words, latin=False), *_in(words, latin=True))
    )


def _in(words: list[str], *, latin: bool) -> list[str]:
    """Return the first two of some words that are in Latin letters, or are not."""
    return [word for word in words if word.isascii() == latin][:2]
