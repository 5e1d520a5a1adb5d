"""What moderators have corrected, as plain values, and which corrections are in force.

The corrections live in the records (`bot.review.changes`); whatever answers takes them from
here. They are in force for one question at a time, in its own context (`contextvars`), so that a
moderator can be shown what a correction would do while visitors still get the answers of today.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

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
    "applying",
    "corrected",
    "in_force",
]

ContactKey = tuple[str, str, str, str]
"""Region, kind, phone and reach of a contact."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


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


@dataclass(frozen=True, slots=True, eq=False)
class Overrides:
    """All corrections of one moment. `version` grows with every change.

    Two are never equal, so that what is worked out from one can be cached by it.
    """

    version: int = 0
    pins: tuple[Pin, ...] = ()
    blocks: tuple[Block, ...] = ()
    aliases: tuple[Alias, ...] = ()
    phrases: tuple[PhraseEdit, ...] = ()
    contacts: tuple[ContactEdit, ...] = ()


NONE = Overrides()
"""The shipped defaults, and nothing else."""

_IN_FORCE: ContextVar[Overrides] = ContextVar("overrides", default=NONE)


def in_force() -> Overrides:
    """Return the corrections that hold for what is being answered."""
    return _IN_FORCE.get()


@contextmanager
def applying(overrides: Overrides) -> Iterator[None]:
    """Let these corrections hold for what is done inside, in this thread or task alone."""
    token = _IN_FORCE.set(overrides)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


class Corrected(Protocol):
    """What has corrections of its own to work under."""

    @property
    def overrides(self) -> Callable[[], Overrides]:
        """Where the corrections of the moment come from; never raises, never waits."""
        ...


Self = TypeVar("Self", bound=Corrected)


def corrected(
    method: Callable[Concatenate[Self, Given], Result],
) -> Callable[Concatenate[Self, Given], Result]:
    """Let a method run under the corrections of its object."""

    @wraps(method)
    def run(self: Self, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        with applying(self.overrides()):
            return method(self, *args, **kwargs)

    return run
