"""The kinds of question, and all that follows from a kind by itself: one table.

A question may be several at once: the first kind of the table that it is, leads, and what the
others say is added. Kinds that only stand `beside` never lead.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from bot.answer import AnswerKind, ResourceKind

__all__ = [
    "BESIDE",
    "DANGERS",
    "DECLINED",
    "KINDS",
    "PRESSING",
    "Kind",
    "Traits",
    "answers_to",
]

Kind = Literal[
    "emergency",
    "crisis",
    "how_to",
    "dosing",
    "worsening",
    "greeting",
    "thanks",
    "off_topic",
    "information",
]


@dataclass(frozen=True, slots=True)
class Traits:
    """What follows from a kind.

    `answer` is what the API calls the answer; `first_words` the sentences that it opens with,
    `contacts` whom it names. `danger` says that it is met before anything is looked up,
    `declined` that what it asks for is not told, `beside` that its words stand beside the answer to
    whatever else the question is; `searches` that passages are looked for at all,
    `safety` that the safety passages stand beside the answer.
    """

    answer: AnswerKind
    first_words: tuple[str, ...] = ()
    contacts: tuple[ResourceKind, ...] = ()
    danger: bool = False
    declined: bool = False
    beside: bool = False
    searches: bool = True
    safety: bool = True


KINDS: Mapping[Kind, Traits] = MappingProxyType(
    {
        "emergency": Traits(
            "emergency",
            ("emergency_intro", "nobody_reads_this_now"),
            ("emergency", "poison"),
            danger=True,
        ),
        "crisis": Traits(
            "crisis",
            ("crisis_intro", "nobody_reads_this_now"),
            ("crisis", "emergency"),
            danger=True,
            safety=False,
        ),
        "how_to": Traits(
            "how_to_declined",
            ("how_to_declined",),
            ("drugs", "crisis", "emergency"),
            declined=True,
        ),
        "dosing": Traits(
            "dose_declined",
            ("dose_declined",),
            ("drugs", "poison", "emergency"),
            declined=True,
        ),
        "worsening": Traits("answer", ("worsening_watch",), ("poison", "emergency"), beside=True),
        "greeting": Traits(
            "greeting", ("greeting", "header_not_a_person"), searches=False, safety=False
        ),
        "thanks": Traits("greeting", ("thanks",), searches=False, safety=False),
        "off_topic": Traits("off_topic", ("off_topic",), searches=False, safety=False),
        "information": Traits("answer"),
    }
)
"""Every kind, the most pressing first."""

DANGERS: frozenset[Kind] = frozenset(kind for kind, traits in KINDS.items() if traits.danger)
DECLINED: frozenset[Kind] = frozenset(kind for kind, traits in KINDS.items() if traits.declined)
BESIDE: frozenset[Kind] = frozenset(kind for kind, traits in KINDS.items() if traits.beside)
PRESSING: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind in DANGERS | DECLINED)
"""The kinds that are no plain question, the most pressing first."""


def answers_to(kinds: Collection[Kind]) -> frozenset[AnswerKind]:
    """Return what the answers to some kinds of question are called."""
    return frozenset(KINDS[kind].answer for kind in kinds)
