"""One record, exactly as the visitor saw it, with all that a moderator may want to know of it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.answer import Answer
from bot.review.database.tables import (
    Account,
    Feedback,
    QueueRow,
    Record,
    RecordPassage,
    ShownPassage,
)
from bot.review.log.shown import together
from bot.review.queue.pages import Item, item
from bot.review.storage import Records
from bot.review.verdicts.giving import Given, State, history, state

__all__ = ["Alternative", "View", "Why", "view"]

Why = Literal["shown", "gate", "silence", "language", "ranked_lower"]
"""What became of a passage that was considered: it was shown; the gate stopped it; nothing was
good enough to be shown; it says the same in another language; others ranked higher."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A passage that was considered, its scores, what became of it, and how far it was behind
    the best, all as fused scores.
    """

    passage: str
    document: str
    fused: float
    dense: float
    lexical: float
    why: Why
    behind: float


@dataclass(frozen=True, slots=True)
class View:
    """A record, all of it. `answer` is exactly what the visitor saw."""

    item: Item
    answer: Answer
    site: str | None
    snapshot: str | None
    expires_on: date
    triage: dict[str, Any]
    candidates: tuple[Alternative, ...]
    gate: tuple[str, ...]
    milliseconds: dict[str, float]
    conversation: str | None
    feedback: str | None
    feedback_reasons: tuple[str, ...]
    feedback_note: str | None
    history: tuple[Given, ...]
    state: State
    claimed_until: datetime | None

    @property
    def current(self) -> Given | None:
        """The verdict that holds."""
        return next((given for given in self.history if given.current), None)


def view(records: Records, id: str) -> View | tuple[Given, ...] | None:  # noqa: A002
    """A record; the verdicts on it where its text is gone; None where there was never one.

    Raises RecordsUnavailable.
    """
    with records.reading() as session:
        found = session.get(Record, id)
        given = history(session, id, found.queue_row if found else None)
        if found is None:
            return given or None
        return viewed(session, found, given)


def viewed(session: Session, found: Record, given: tuple[Given, ...]) -> View:
    """Put a record together with its passages, its feedback and its verdicts."""
    cited = (
        select(ShownPassage.hash, ShownPassage.content)
        .join(RecordPassage, RecordPassage.hash == ShownPassage.hash)
        .where(RecordPassage.record == found.id)
    )
    contents = {row.hash: row.content for row in session.execute(cited)}
    said = session.get(Feedback, found.id)
    row = session.get_one(QueueRow, found.queue_row)
    claimer = session.get(Account, row.claimed_by) if row.claimed_by else None
    line = item(row, claimer.name if claimer else None, datetime.now(UTC))
    return View(
        item=own(line, found),
        answer=together(found.answer, contents),
        site=found.site,
        snapshot=found.snapshot,
        expires_on=found.expires_on,
        triage=found.triage,
        candidates=alternatives(found),
        gate=tuple(found.gate),
        milliseconds=found.milliseconds,
        conversation=found.conversation,
        feedback=said.verdict if said else None,
        feedback_reasons=tuple(said.reasons) if said else (),
        feedback_note=said.note if said else None,
        history=given,
        state=state(given),
        claimed_until=row.claimed_until if line.claimed_by else None,
    )


def own(line: Item, found: Record) -> Item:
    """The line of a row, told of this one of its records."""
    why = tuple(found.reasons or ())
    return replace(line, id=found.id, question=found.question, hour=found.hour, reasons=why)


def alternatives(found: Record) -> tuple[Alternative, ...]:
    """What was considered, the best first, each with the reason why it is shown or is not."""
    weighed = found.candidates
    best = max((each["fused"] for each in weighed), default=0.0)
    least = min((each["fused"] for each in weighed if each["shown"]), default=None)
    return tuple(
        Alternative(
            passage=each["passage"],
            document=each["document"],
            fused=each["fused"],
            dense=each["dense"],
            lexical=each["lexical"],
            why=why(each, found.gate, least),
            behind=best - each["fused"],
        )
        for each in weighed
    )


def why(candidate: dict[str, Any], gate: list[Any], least: float | None) -> Why:
    """What became of a candidate; `least` is the lowest score that was shown."""
    if any(candidate["passage"] in finding for finding in gate):
        return "gate"
    if candidate["shown"]:
        return "shown"
    if least is None:
        return "silence"
    return "language" if candidate["fused"] > least else "ranked_lower"
