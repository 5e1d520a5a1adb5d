"""Which topics a heading announces, read with a lexicon of the headings of reference pages."""

from collections.abc import Sequence
from functools import cache, lru_cache

from bot.vocabulary.matching import Phrases, longest
from bot.vocabulary.text import Text
from bot.vocabulary.topics import topics, topics_of_questions
from embeddings.datafiles import table
from embeddings.errors import CatalogueInvalid

__all__ = ["headed_topics", "topics_of_heading"]


@cache
def _words() -> Phrases[str]:
    rows = table(__file__, "headings.toml")
    if unknown := rows.keys() - topics_of_questions().keys():
        raise CatalogueInvalid(f"headings.toml: {unknown} stand not in topics.toml")
    # A Chinese word inside a longer heading counts, as a Latin one must be whole.
    return Phrases((word, topic) for topic, words in rows.items() for word in words)


@lru_cache(maxsize=8192)
def topics_of_heading(heading: str) -> frozenset[str]:
    """Return the topics of one heading, by its own words, else by the cues of questions."""
    text = Text(heading)
    return frozenset(hit.value for hit in longest(text.hits(_words()))) or topics(text)


def headed_topics(section: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the topics of the innermost heading that has any, and those of the ones above it."""
    found = [topics_of_heading(heading) for heading in section]
    while found and not found[-1]:
        found.pop()
    on = found[-1] if found else frozenset[str]()
    return on, frozenset[str]().union(*found[:-1]) - on
