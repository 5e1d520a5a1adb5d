"""What a moderator's change says, by its kind, as it is kept in the records and as it is exported.

Each kind turns into the plain value that answers are made with (`bot.overrides`); a case turns
into a row of the evaluation set (`bot.review.cases`).
"""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.answer import AnswerKind, Resource, ResourceKind
from bot.answering.phrases import languages
from bot.overrides import (
    Alias,
    Block,
    ContactEdit,
    ContactKey,
    PassageRef,
    PhraseEdit,
    Pin,
)
from bot.review.database.change_tables import KindName
from embeddings.documents import Language

__all__ = [
    "KIND_OF",
    "AliasPayload",
    "BlockPayload",
    "CasePayload",
    "ContactPayload",
    "ContactWords",
    "PassagePayload",
    "Payload",
    "PhrasePayload",
    "PinPayload",
    "payload_of",
]

QUESTION: Final = 1000
SAID: Final = 4000


class Strict(BaseModel):
    """A value that does not change and has no field that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Payload(Strict):
    """What a change says."""

    kind: ClassVar[KindName]

    @property
    @abstractmethod
    def target(self) -> str:
        """What it is about, for people to read in a list."""


class PassagePayload(Strict):
    """A passage, as it can be found again; `label` is its document and heading, for people."""

    id: str = Field(max_length=64)
    content: str = Field(default="", max_length=64)
    sentences: tuple[str, ...] = ()
    document: str = Field(default="", max_length=1000)
    label: str = Field(default="", max_length=1000)

    @property
    def ref(self) -> PassageRef:
        """The reference that answers are made with."""
        return PassageRef(self.id, self.content, self.sentences, self.document)


class PinPayload(Payload):
    """A question and the passages that come first for it."""

    kind: ClassVar[KindName] = "pin"
    question: str = Field(min_length=1, max_length=QUESTION)
    passages: tuple[PassagePayload, ...] = Field(min_length=1, max_length=5)
    reach: float = Field(default=2.0, ge=0.7, le=2.0)

    @property
    def target(self) -> str:
        """The question."""
        return self.question

    def edit(self, name: str) -> Pin:
        """The value that answers are made with."""
        return Pin(name, self.question, tuple(each.ref for each in self.passages), self.reach)


class BlockPayload(Payload):
    """A passage that is never shown, or not in answers about one substance."""

    kind: ClassVar[KindName] = "block"
    passage: PassagePayload
    substance: str | None = None

    @property
    def target(self) -> str:
        """The passage."""
        return self.passage.label or self.passage.id

    def edit(self, name: str) -> Block:
        """The value that answers are made with."""
        return Block(name, self.passage.ref, self.substance)


class AliasPayload(Payload):
    """What a name means in a question."""

    kind: ClassVar[KindName] = "alias"
    name: str = Field(min_length=1, max_length=60)
    substances: tuple[str, ...] = Field(default=(), max_length=10)
    ordinary: bool = False

    @property
    def target(self) -> str:
        """The name."""
        return self.name

    def edit(self, name: str) -> Alias:
        """The value that answers are made with."""
        return Alias(name, self.name, self.substances, self.ordinary)


class PhrasePayload(Payload):
    """A fixed sentence in other words."""

    kind: ClassVar[KindName] = "phrase"
    language: Language
    key: str = Field(max_length=100)
    text: str = Field(min_length=1, max_length=SAID)
    source: str = Field(max_length=1000)

    @property
    def target(self) -> str:
        """The key and its language."""
        return f"{self.key} ({self.language})"

    def edit(self, name: str) -> PhraseEdit:
        """The value that answers are made with."""
        return PhraseEdit(name, self.language, self.key, self.text, self.source)


Said = dict[Language, str]


class ContactWords(Strict):
    """A contact as a row of contacts.toml has it, for one region."""

    region: str = Field(pattern=r"^[A-Z]{2}$")
    kind: ResourceKind
    phone: str = Field(max_length=40)
    reach: Literal["call", "text", "whatsapp"] = "call"
    languages: tuple[str, ...] = ()
    name: Said
    hours: Said = Field(default_factory=dict)
    run_by: Said = Field(default_factory=dict)
    note: Said = Field(default_factory=dict)
    source: str = Field(max_length=1000)
    seen_on: date | None = None
    verified_on: date | None = None

    @property
    def key(self) -> ContactKey:
        """What the contact is known by."""
        return self.region, self.kind, self.phone, self.reach

    def row(self, language: Language) -> Resource:
        """The contact in one language."""
        words: Mapping[str, Mapping[Language, str]] = {
            "name": self.name,
            "hours": self.hours,
            "run_by": self.run_by,
            "note": self.note,
        }
        spoken = {key: said.get(language) or None for key, said in words.items()}
        rest = self.model_dump(exclude=set(words))
        return Resource.model_validate(rest | spoken)


class ContactPayload(Payload):
    """A contact added, put in another's place, or removed."""

    kind: ClassVar[KindName] = "contact"
    replaces: ContactKey | None = None
    contact: ContactWords | None = None

    @property
    def target(self) -> str:
        """The key of the contact that was there, else of the new one."""
        key = self.replaces or (self.contact.key if self.contact else ())
        return " ".join(key)

    def edit(self, name: str) -> ContactEdit:
        """The value that answers are made with."""
        rows = tuple(map(self.contact.row, languages())) if self.contact else ()
        return ContactEdit(name, self.replaces, rows)


class CasePayload(Payload):
    """A question with the passages or the kind of answer that are right for it.

    `answerable` false says that the right thing is to quote nothing.
    """

    kind: ClassVar[KindName] = "case"
    question: str = Field(min_length=1, max_length=QUESTION)
    language: str = Field(default="", max_length=16)
    answer: AnswerKind | None = None
    passages: tuple[PassagePayload, ...] = Field(default=(), max_length=10)
    answerable: bool = True

    @property
    def target(self) -> str:
        """The question."""
        return self.question


KIND_OF: Final[Mapping[KindName, type[Payload]]] = {
    each.kind: each
    for each in (
        PinPayload,
        BlockPayload,
        AliasPayload,
        PhrasePayload,
        ContactPayload,
        CasePayload,
    )
}


def payload_of(kind: KindName, values: Mapping[str, Any]) -> Payload:
    """Read a payload. Raises pydantic's ValidationError."""
    return KIND_OF[kind].model_validate(dict(values))
