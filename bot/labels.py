"""What a text is about: the substances that it names and the topics that it touches.

The same lexicon labels passages when they are read and questions when they are asked, so that
the two can be compared.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

import opencc

from bot.names.concepts import concepts, other_words
from bot.names.matching import Folded, Phrases, longest
from bot.names.naming import Mention, Names, ambiguous, curated, in_use, mentions, named
from bot.names.substances import Substance, classes_of, lexicon, substances
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

__all__ = [
    "OFTEN",
    "Mention",
    "Substance",
    "Topic",
    "ambiguous",
    "classes_of",
    "expand",
    "mentions",
    "named",
    "question_about",
    "spoken_of",
    "substances",
    "topic_places",
    "topics",
    "topics_of_questions",
]

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
    rows = lexicon("topics.toml")
    return MappingProxyType({key: _topic(key, row) for key, row in rows.items()})


@cache
def _cues() -> Phrases[str]:
    return Phrases((cue, t.id) for t in topics_of_questions().values() for cue in t.cues)


@lru_cache(maxsize=64)
def topic_places(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return where the words of `text` show which topic, the longest word at each place."""
    folded = Folded.of(text)
    hits = longest(_cues().scan(folded.text))
    return tuple((*folded.span(hit.start, hit.end), hit.value) for hit in hits)


def topics(text: str) -> frozenset[str]:
    """Return the ids of the topics that the words of `text` show, in a question or a heading."""
    return frozenset(topic for _, _, topic in topic_places(text))


def expand(
    question: str, names: Names | None = None, topics: Collection[str] = ()
) -> tuple[str, ...]:
    """Return search words in both languages for the substances and `topics` of `question`.

    The names of the substances first, then those of their first class, then the topics' words.
    Ambiguous names are not expanded.
    """
    names = names or curated()
    known = names.substances
    found = [known[key] for key in sorted(names.named(question))]
    classes = [known[s.classes[0]] for s in found if not s.is_class and s.classes]
    called = [name for s in (*found, *classes) for name in (s.zh, s.en)]
    asked = topics_of_questions()
    words = [word for key in sorted(topics) for word in asked[key].search]
    others = other_words(spoken_of(question, names))
    return tuple(dict.fromkeys((*called, *words, *others)))


def spoken_of(question: str, names: Names) -> frozenset[str]:
    """Return the concepts of a question, those left out that only a name of a substance holds."""
    return concepts(question, [(m.start, m.end) for m in names.mentions(question)])


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


def question_about(topic: str, substance: str, language: Language) -> str:
    """Return a question that a visitor could ask about `topic` of `substance`.

    Raises:
        KeyError: there is no such topic or substance.

    """
    english = language == "en"
    named_as = in_use().substances[substance]
    template = topics_of_questions()[topic].questions["en" if english else "zh"]
    name = named_as.en if english else named_as.zh
    # "K粉 会上瘾吗": a space between Latin letters and Chinese reads better.
    spaced = re.sub(r"(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])", " ", template.format(name=name))
    return str(_traditional().convert(spaced)) if language == "zh-Hant" else spaced
