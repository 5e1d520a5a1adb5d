"""What a question is about: which substances, which topics, and what to search for.

A follow-up takes its subject from what was asked before; the client holds that history.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.retrieval.question_topics import asked_about
from bot.substances.naming import Mention, Names
from bot.vocabulary.concepts import concepts, other_words
from bot.vocabulary.text import Text
from bot.vocabulary.topics import topics as topics_in
from bot.vocabulary.topics import topics_of_questions
from embeddings.documents import Language
from embeddings.text.language import detect
from embeddings.text.scripts import weight

__all__ = ["Subject", "expand", "spoken_of", "subject_of"]

OF_ONE = frozenset({"comparison", "withdrawal", "mechanism", "pharmacokinetics"})
"""Topics of questions that name two substances and do not ask whether they can be combined."""

TURNS_BACK = 2
"""How many earlier questions a follow-up is read with."""

_SHORT = 16.0
_LITTLE = 3.0
# `what about with alcohol?`, `那和酒一起呢？`: one more substance for the one spoken of before.
_ON_TOP = re.compile(
    r"^\W*(?:那|那么|如果)?\s*(?:再)?(?:和|跟|與|与|配|加|混)|(?:一起|同时|混着?)\S{0,3}呢"
    r"|\bwhat about (?:with|mix)|^\W*(?:and |or )?(?:with|mixed with|together with)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A question as retrieval sees it, read with the `names` of a snapshot.

    `text` is what is searched for, earlier questions included where this one needs them;
    `asked` the question alone. `ambiguous` are names that several substances bear. `combined` says
    that it asks about taking its substances together, not what one does for the other.
    """

    names: Names
    text: Text
    asked: Text
    substances: frozenset[str]
    topics: frozenset[str]
    concepts: frozenset[str]
    ambiguous: tuple[Mention, ...]
    expansions: tuple[str, ...]
    language: Language
    combined: bool = False


def subject_of(asked: Text, names: Names, earlier: Sequence[Text] = ()) -> Subject:
    """Read a question, together with the last ones where it names no substance itself.

    `earlier` are the questions before it, oldest first.
    """
    text = asked
    if earlier and _goes_on(asked, names):
        text = Text("\n".join([*(each.original for each in earlier[-TURNS_BACK:]), asked.original]))
    spoken = _topics(text, names)
    topics = spoken if text is asked else _topics(asked, names) or spoken
    substances = names.named(text)
    combined = len(substances) > 1 and ("interactions" in topics or _says_no_more(text, names))
    if len(substances) > 1 and not topics & OF_ONE:
        topics |= {"interactions"}
    return Subject(
        names=names,
        text=text,
        asked=asked,
        substances=substances,
        topics=topics,
        concepts=spoken_of(text, names),
        ambiguous=names.ambiguous(text),
        expansions=expand(text, names, spoken),
        language=detect(asked.original),
        combined=combined,
    )


def _goes_on(asked: Text, names: Names) -> bool:
    """Whether a question needs the earlier ones: it names nothing, or only what comes on top."""
    if not names.named(asked) and not names.ambiguous(asked):
        return True
    return bool(_ON_TOP.search(asked.original)) and weight(asked.original) < _SHORT


def _says_no_more(text: Text, names: Names) -> bool:
    """Whether a question hardly says more than its names: `K粉和酒`."""
    named = sum(weight(text.original[m.start : m.end]) for m in names.mentions(text))
    return weight(text.original) - named <= _LITTLE


def _topics(text: Text, names: Names) -> frozenset[str]:
    return topics_in(text) | asked_about(text, names)


def expand(question: Text, names: Names, topics: Collection[str] = ()) -> tuple[str, ...]:
    """Return search words in both languages for the substances and `topics` of `question`.

    The names of the substances first, then those of their first class, then the topics' words.
    Ambiguous names are not expanded.
    """
    known = names.substances
    found = [known[key] for key in sorted(names.named(question))]
    classes = [known[s.classes[0]] for s in found if not s.is_class and s.classes]
    called = [name for s in (*found, *classes) for name in (s.zh, s.en)]
    asked = topics_of_questions()
    words = [word for key in sorted(topics) for word in asked[key].search]
    others = other_words(spoken_of(question, names))
    return tuple(dict.fromkeys((*called, *words, *others)))


def spoken_of(question: Text, names: Names) -> frozenset[str]:
    """Return the concepts of a question, those left out that only a name of a substance holds."""
    places = [(m.start, m.end) for m in names.mentions(question)]
    return question.once((spoken_of, names), lambda: concepts(question, places))
