"""What a question is about: which substances, which topics, and what to search for.

A follow-up takes its subject from what was asked before; the client holds that history.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import labels
from bot.concepts import concepts
from embeddings.documents import Language
from embeddings.language import detect

__all__ = ["Subject", "name_of", "subject_of"]

TURNS_BACK = 2
"""How many earlier questions a follow-up is read with."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A question as retrieval sees it.

    `text` is what is searched for, earlier questions included where this one needs them;
    `asked` the question alone. `ambiguous` are names that several substances bear.
    """

    text: str
    asked: str
    substances: frozenset[str]
    topics: frozenset[str]
    concepts: frozenset[str]
    ambiguous: tuple[labels.Mention, ...]
    expansions: tuple[str, ...]
    language: Language


def name_of(substance: str, language: Language) -> str:
    """Return what a substance or class is called in a language of the interface."""
    known = labels.substances()[substance]
    return known.en if language == "en" else known.zh


def subject_of(asked: str, history: Sequence[str] = ()) -> Subject:
    """Read a question, together with the last ones where it names no substance itself."""
    text = asked
    if history and not labels.named(asked) and not labels.ambiguous(asked):
        text = "\n".join([*history[-TURNS_BACK:], asked])
    topics = labels.topics(asked) or labels.topics(text)
    return Subject(
        text=text,
        asked=asked,
        substances=labels.named(text),
        topics=topics,
        concepts=concepts(text),
        ambiguous=labels.ambiguous(text),
        expansions=labels.expand(text),
        language=detect(asked),
    )
