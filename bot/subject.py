"""What a question is about: which substances, which topics, and what to search for.

A follow-up takes its subject from what was asked before; the client holds that history.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot import labels
from bot.asked import asked_about
from bot.names.naming import Names, in_use
from embeddings.documents import Language
from embeddings.language import detect
from embeddings.scripts import weight

__all__ = ["Subject", "name_of", "subject_of"]

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
    """A question as retrieval sees it.

    `text` is what is searched for, earlier questions included where this one needs them;
    `asked` the question alone. `ambiguous` are names that several substances bear. `combined` says
    that it asks about taking its substances together, not what one does for the other.
    """

    text: str
    asked: str
    substances: frozenset[str]
    topics: frozenset[str]
    concepts: frozenset[str]
    ambiguous: tuple[labels.Mention, ...]
    expansions: tuple[str, ...]
    language: Language
    combined: bool = False


def name_of(substance: str, language: Language) -> str:
    """Return what a substance or class is called in a language of the interface."""
    known = in_use().substances[substance]
    return known.en if language == "en" else known.zh


def _goes_on(asked: str, names: Names) -> bool:
    """Whether a question needs the earlier ones: it names nothing, or only what comes on top."""
    if not names.named(asked) and not names.ambiguous(asked):
        return True
    return bool(_ON_TOP.search(asked)) and weight(asked) < _SHORT


def _says_no_more(text: str, names: Names) -> bool:
    """Whether a question hardly says more than its names: `K粉和酒`."""
    named = sum(weight(text[m.start : m.end]) for m in names.mentions(text))
    return weight(text) - named <= _LITTLE


def _topics(text: str, names: Names) -> frozenset[str]:
    return labels.topics(text) | asked_about(text, names)


def subject_of(asked: str, history: Sequence[str] = ()) -> Subject:
    """Read a question, together with the last ones where it names no substance itself."""
    names, text = in_use(), asked
    if history and _goes_on(asked, names):
        text = "\n".join([*history[-TURNS_BACK:], asked])
    spoken = _topics(text, names)
    topics = spoken if text == asked else _topics(asked, names) or spoken
    substances = names.named(text)
    combined = len(substances) > 1 and ("interactions" in topics or _says_no_more(text, names))
    if len(substances) > 1 and not topics & OF_ONE:
        topics |= {"interactions"}
    return Subject(
        text=text,
        asked=asked,
        substances=substances,
        topics=topics,
        concepts=labels.spoken_of(text, names),
        ambiguous=names.ambiguous(text),
        expansions=labels.expand(text, names, spoken),
        language=detect(asked),
        combined=combined,
    )
