"""What the log writes: three kinds of line, each complete in itself and free of personal data.

An entry travels from the request to the database through a queue or, as a line of JSON, through
the spill file; written twice, a record or a feedback is the same as written once.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.answer import Answer
from bot.kinds import DANGERS, answers_to
from bot.review.log.doubt import likeness_of
from bot.review.log.shown import apart
from bot.review.queue.sameness import folded, key_of
from bot.review.queue.urgency import Reason, reasons, urgency
from bot.review.redaction import redact, storable
from bot.trace import Trace

__all__ = [
    "ENTRY",
    "CountEntry",
    "Entry",
    "FeedbackEntry",
    "RecordEntry",
    "count_of",
    "feedback_of",
    "record_of",
]

NOTE: int = 1000
"""Code points of a visitor's note that are kept."""


class Line(BaseModel):
    """An entry is never changed once made: it was redacted when it was made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CountEntry(Line):
    """One more of `event` on `day`; tells nothing of anybody."""

    type: Literal["count"] = "count"
    day: date
    event: Literal["answer", "up", "down"]
    kind: str = ""
    language: str = ""


class FeedbackEntry(Line):
    """A visitor's verdict; where its answer was not kept, only the count is."""

    type: Literal["feedback"] = "feedback"
    record: str
    expires_on: date
    day: date
    verdict: Literal["up", "down"]
    reasons: tuple[str, ...] = ()
    note: str | None = None


class RecordEntry(Line):
    """A record and the passages that it cites, as the tables of the same names hold them."""

    type: Literal["record"] = "record"
    id: str
    hour: datetime
    expires_on: date
    kind: str
    language: str
    site: str | None
    snapshot: str | None
    question: str
    triage: dict[str, Any]
    answer: dict[str, Any]
    passages: dict[str, dict[str, Any]]
    candidates: tuple[dict[str, Any], ...]
    gate: tuple[str, ...]
    milliseconds: dict[str, float]
    conversation: str | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it matters before any visitor has judged it."""
        return reasons(self.id, self.kind, self.gate, self.triage, self.candidates)

    @property
    def urgency(self) -> int:
        """Its place in the queue before any visitor has judged it."""
        return urgency(self.reasons)

    @property
    def folded(self) -> str:
        """The question as it is searched."""
        return folded(self.question)

    @property
    def key(self) -> str:
        """What it has in common with the same question answered alike."""
        quoted = [self.passages[each["hash"]]["id"] for each in self.answer["passages"]]
        about = self.triage.get("substances", ())
        return key_of(self.question, self.kind, self.language, about, quoted)

    @property
    def pressing(self) -> bool:
        """Whether it must survive the process being killed: danger, or a failure of the gate."""
        return self.kind in answers_to(DANGERS) or bool(self.gate)

    @property
    def count(self) -> CountEntry:
        """What is counted when the record is written."""
        return CountEntry(
            day=self.hour.date(), event="answer", kind=self.kind, language=self.language
        )


Entry = Annotated[RecordEntry | FeedbackEntry | CountEntry, Field(discriminator="type")]
ENTRY: TypeAdapter[RecordEntry | FeedbackEntry | CountEntry] = TypeAdapter(Entry)


def record_of(
    question: str,
    answer: Answer,
    trace: Trace,
    site: str | None,
    now: datetime,
    days: int,
    conversation: str | None = None,
) -> RecordEntry:
    """Make the record of an answer, to be deleted `days` after `now`.

    `conversation` is what a tab calls itself; kept as a hash, which tells nothing but sameness.
    """
    kept, passages = apart(answer)
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return RecordEntry(
        id=answer.id,
        hour=hour,
        expires_on=hour.date() + timedelta(days=days),
        kind=answer.kind,
        language=answer.language,
        site=storable(site)[:255] if site else None,
        snapshot=answer.snapshot,
        question=redact(question, [resource.phone for resource in answer.resources]),
        triage={
            "kind": trace.triage,
            "signs": list(trace.signs),
            "substances": list(trace.substances),
            "topics": list(trace.topics),
            "likeness": likeness_of(question, answer.kind),
        },
        answer=kept,
        passages=passages,
        candidates=tuple(asdict(candidate) for candidate in trace.candidates),
        gate=trace.gate,
        milliseconds=rounded(trace.milliseconds),
        conversation=conversation and hashlib.sha256(storable(conversation).encode()).hexdigest(),
    )


def rounded(milliseconds: Mapping[str, float]) -> dict[str, float]:
    """Times to a tenth of a millisecond."""
    return {stage: round(spent, 1) for stage, spent in milliseconds.items()}


def count_of(answer: Answer, now: datetime) -> CountEntry:
    """Make the count of an answer of which nothing else is kept."""
    day = now.astimezone(UTC).date()
    return CountEntry(day=day, event="answer", kind=answer.kind, language=answer.language)


def feedback_of(
    record: str,
    verdict: Literal["up", "down"],
    reasons: Sequence[str],
    note: str | None,
    now: datetime,
    days: int,
) -> FeedbackEntry:
    """Make the entry of a visitor's verdict; the note is redacted, the reasons too."""
    day = now.astimezone(UTC).date()
    return FeedbackEntry(
        record=storable(record)[:64],
        expires_on=day + timedelta(days=days),
        day=day,
        verdict=verdict,
        reasons=tuple(redact(reason)[:64] for reason in reasons[:10]),
        note=redact(note)[:NOTE] if note else None,
    )
