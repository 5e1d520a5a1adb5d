"""What moderators have corrected, as plain values.

The corrections live in the records (`bot.review.changes`). Whatever answers takes them as an
argument, one state of them for one question, so that a moderator can be shown what a correction
would do while visitors still get the answers of today.
"""

from dataclasses import dataclass

from bot.answer import Resource
from embeddings.documents import Language

__all__ = [
    "NONE",
    "Alias",
    "Block",
    "ContactEdit",
    "ContactKey",
    "Overrides",
    "PassageRef",
    "PhraseEdit",
    "Pin",
]

ContactKey = tuple[str, str, str, str]
"""Region, kind, phone and reach of a contact."""


@dataclass(frozen=True, slots=True)
class PassageRef:
    """A passage that can be recognised again after the documents were read anew.

    `id` holds while document and text stay; `content` and `sentences` are hashes
    (`bot.retrieval.fingerprints`) by which the text is found where the id has changed.
    """

    id: str
    content: str = ""
    sentences: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """These passages come first for `question` and for whatever is asked much like it.

    `reach` is the least cosine between two questions that counts as near; above 1 only the same
    words count.
    """

    id: str
    question: str
    passages: tuple[PassageRef, ...]
    reach: float = 2.0


@dataclass(frozen=True, slots=True)
class Block:
    """A passage that is never shown; where `substance` is given, not in answers about it."""

    id: str
    passage: PassageRef
    substance: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """What a name means in a question: one substance, several (ambiguous), or none.

    It takes the place of whatever the lexicon says about the name. `ordinary` says that the name
    is an ordinary word too and counts only in a drug's company.
    """

    id: str
    name: str
    substances: tuple[str, ...]
    ordinary: bool = False


@dataclass(frozen=True, slots=True)
class PhraseEdit:
    """A fixed sentence in other words. The key of a first-aid card is `first_aid.CARD`."""

    id: str
    language: Language
    key: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class ContactEdit:
    """A contact that takes the place of the one called `replaces`, or is added where that is None.

    `rows` has the contact in every language of the interface, in their order; empty: removed.
    """

    id: str
    replaces: ContactKey | None
    rows: tuple[Resource, ...]


@dataclass(frozen=True, slots=True)
class Overrides:
    """All corrections of one moment. `version` grows with every change.

    What is worked out from them is cached by the part of them that it depends on.
    """

    version: int = 0
    pins: tuple[Pin, ...] = ()
    blocks: tuple[Block, ...] = ()
    aliases: tuple[Alias, ...] = ()
    phrases: tuple[PhraseEdit, ...] = ()
    contacts: tuple[ContactEdit, ...] = ()


NONE = Overrides()
"""The shipped defaults, and nothing else."""
