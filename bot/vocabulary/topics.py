"""What can be asked about a substance, and which of these topics a text touches.

The same words label passages when they are read and questions when they are asked, so that the
two can be compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from bot.vocabulary.matching import Phrases, longest
from bot.vocabulary.text import Text
from embeddings.datafiles import table
from embeddings.errors import CatalogueInvalid

__all__ = ["OFTEN", "Topic", "topic_places", "topics", "topics_of_questions"]

OFTEN = 2
"""A passage is on the topics of its headings and on those that it touches at least this often."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that can be asked about a substance.

    `search` are words added to a question on it, `questions` a template a language with a
    `{name}` in it.
    """

    id: str
    cues: tuple[str, ...]
    search: tuple[str, ...]
    questions: Mapping[str, str]


def _topic(key: str, row: dict[str, Any]) -> Topic:
    questions = row.get("question", {})
    if questions.keys() != {"zh", "en"} or not all("{name}" in q for q in questions.values()):
        raise CatalogueInvalid(f"topics.toml: [{key}] needs a zh and an en question with {{name}}")
    search = (*row["search"]["zh"], *row["search"]["en"])
    return Topic(key, (*row["zh"], *row["en"]), search, MappingProxyType(questions))


@cache
def topics_of_questions() -> Mapping[str, Topic]:
    """Return every topic by id.

    Raises:
        CatalogueInvalid: topics.toml is incomplete.

    """
    rows = table(__file__, "topics.toml")
    return MappingProxyType({key: _topic(key, row) for key, row in rows.items()})


@cache
def _cues() -> Phrases[str]:
    return Phrases((cue, t.id) for t in topics_of_questions().values() for cue in t.cues)


def topic_places(text: Text) -> tuple[tuple[int, int, str], ...]:
    """Return where the words of `text` show which topic, the longest word at each place."""
    span = text.folded.span
    hits = longest(text.hits(_cues()))
    return tuple((*span(hit.start, hit.end), hit.value) for hit in hits)


def topics(text: Text) -> frozenset[str]:
    """Return the ids of the topics that the words of `text` show, in a question or a heading."""
    return frozenset(topic for _, _, topic in topic_places(text))
