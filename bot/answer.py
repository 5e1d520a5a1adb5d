"""The types of an answer. They are the schema of the HTTP API, additive only within v1.

Offsets (`highlights`, `withheld`, `start`, `end`) count Unicode code points: the first two
in `Passage.text` as returned, the last two in the decoded source file.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from embeddings.documents import Kind, Language

__all__ = [
    "MARK",
    "Answer",
    "AnswerKind",
    "Choice",
    "Citation",
    "FirstAid",
    "Message",
    "QuotedPassage",
    "Resource",
    "ResourceKind",
    "SafetyBlock",
    "SafetyTopic",
    "Score",
    "Withheld",
    "WithheldReason",
]

MARK = "▢"
"""Stands in a quoted text for each run that is withheld."""

AnswerKind = Literal[
    "answer",
    "emergency",
    "crisis",
    "dose_declined",
    "how_to_declined",
    "not_found",
    "clarify",
    "greeting",
    "off_topic",
]
ResourceKind = Literal["emergency", "poison", "crisis", "drugs"]
SafetyTopic = Literal["dissociation", "dependence", "interactions", "overdose"]
WithheldReason = Literal["amount", "schedule", "table", "log", "preparation", "making", "sourcing"]


class Frozen(BaseModel):
    """Immutable, and strict about unknown fields, so that a misspelt field fails a test."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Message(Frozen):
    """A fixed sentence of the reviewed catalogue; `id` is stable over languages."""

    id: str
    text: str


class Resource(Frozen):
    """A way to reach people who help. `phone` is exactly what a person dials or texts."""

    region: Annotated[str, Field(description="ISO 3166-1 alpha-2")]
    kind: ResourceKind
    name: str
    phone: str
    reach: Literal["call", "text", "whatsapp"] = "call"
    hours: str | None = None
    languages: tuple[str, ...] = ()
    run_by: str | None = None
    note: str | None = None
    source: str
    seen_on: date | None = Field(default=None, description="date of the source")
    verified_on: date | None = Field(
        default=None, description="date on which a person rang or checked; null: never"
    )


class FirstAid(Frozen):
    """A first-aid card: fixed text with its source, one step a line."""

    id: str
    text: str
    source: str
    reviewed: bool = Field(default=False, description="whether a clinician has reviewed it")


class Choice(Frozen):
    """One meaning of an ambiguous question; `question` can be sent back as it is."""

    label: str
    question: str


class Withheld(Frozen):
    """Where a mark stands in a quoted text, and what kind of thing it hides."""

    start: int
    end: int
    reason: WithheldReason


class Citation(Frozen):
    """Where a quotation comes from, complete enough to find it without this program."""

    title: str
    titles: dict[str, str] = Field(
        default_factory=dict, description="the title in each language that the source gives"
    )
    title_note: str | None = Field(
        default=None, description="says so where the source has no title in the reader's language"
    )
    section: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None
    date: str | None = Field(default=None, description="ISO 8601, as precise as the source states")
    doi: str | None = None
    url: str | None = None
    licence: str | None = None
    references: tuple[str, ...] = ()
    document: str
    start: int
    end: int
    view: str = Field(description="path of the source viewer at this passage")


class Score(Frozen):
    """Why a passage ranks where it does; explains, is not stable."""

    fused: float
    dense: float
    lexical: float


class QuotedPassage(Frozen):
    """A run of a source, word for word but for the marks."""

    number: int
    id: str
    language: Language
    kind: Kind
    text: str
    highlights: tuple[tuple[int, int], ...] = ()
    withheld: tuple[Withheld, ...] = ()
    translations: tuple[str, ...] = Field(
        default=(), description="ids of passages that say the same in another language"
    )
    citation: Citation
    score: Score | None = None


class SafetyBlock(Frozen):
    """What the sources say about one danger of the substance asked about.

    `numbers` points to passages quoted elsewhere in the answer; `message` says so where the
    sources are silent, or where the passage is about the substance's class.
    """

    topic: SafetyTopic
    numbers: tuple[int, ...] = ()
    passages: tuple[QuotedPassage, ...] = ()
    message: Message | None = None


class Answer(Frozen):
    """Everything a client shows for one question. A client shows an unknown `kind` as messages
    and resources.
    """

    id: str
    snapshot: str | None = Field(description="null where no snapshot could be read")
    kind: AnswerKind
    language: Language
    messages: tuple[Message, ...] = ()
    resources: tuple[Resource, ...] = ()
    first_aid: tuple[FirstAid, ...] = ()
    choices: tuple[Choice, ...] = ()
    passages: tuple[QuotedPassage, ...] = ()
    safety: tuple[SafetyBlock, ...] = ()
    suggestions: tuple[str, ...] = ()
