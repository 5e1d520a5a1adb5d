"""The stations of a question's way, for tests that have nothing but its words."""

from collections.abc import Sequence

from bot.question.question import Question
from bot.question.reading import read
from bot.question.triage import Triage
from bot.retrieval import subject
from bot.retrieval.subject import Subject
from bot.substances.naming import Mention, Names, curated
from bot.vocabulary import topics as topics_of
from bot.vocabulary.text import Text

__all__ = ["ambiguous", "mentions", "named", "subject_of", "topics", "triage"]


def triage(question: str, history: Sequence[str] = ()) -> Triage:
    """Which kind of question this is, by the names that ship."""
    return read(Question(question, tuple(history)), curated()).seen


def mentions(text: str, *, asked: bool = False, printed: bool = False) -> tuple[Mention, ...]:
    """Where a text names what ships."""
    return curated().mentions(Text(text), asked=asked, printed=printed)


def named(text: str, *, printed: bool = False) -> frozenset[str]:
    """What of the shipped names a text names."""
    return curated().named(Text(text), printed=printed)


def ambiguous(text: str) -> tuple[Mention, ...]:
    """The ambiguous names in a text."""
    return curated().ambiguous(Text(text))


def topics(text: str) -> frozenset[str]:
    """The topics that the words of a text show."""
    return topics_of.topics(Text(text))


def subject_of(question: str, history: Sequence[str] = (), names: Names | None = None) -> Subject:
    """What a question is about."""
    return subject.subject_of(Text(question), names or curated(), [Text(h) for h in history])
