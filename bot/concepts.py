"""What a question speaks of beside its substance, so that it can be looked for in the passages."""

from functools import cache

from bot.matching import Folded, Phrases, longest
from bot.substances import lexicon

__all__ = ["concepts"]


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
