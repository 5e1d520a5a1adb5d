"""The queue of records, in the order in which they matter, and one record as it was shown."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from bot.answer import Answer
from bot.review.records import Records
from bot.review.shown import together
from bot.review.tables import Feedback, Record, RecordPassage, ShownPassage, Verdict
from bot.review.urgency import Reason, reasons
from bot.review.verdicts import Given, State, history, state

__all__ = ["PAGE", "Filter", "Item", "Page", "View", "page", "view"]

PAGE: Final = 50
"""Records on one page of the queue."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records to list; None and `all` leave a question open."""

    kind: str | None = None
    language: str | None = None
    state: Literal["new", "reviewed", "all"] = "new"


@dataclass(frozen=True, slots=True)
class Item:
    """A record as a line of the queue."""

    id: str
    question: str
    kind: str
    language: str
    hour: datetime
    reasons: tuple[Reason, ...]
    feedback: str | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the queue. `kinds` counts the records of each kind that the filter's other
    conditions leave; `number` begins at 1.
    """

    items: tuple[Item, ...]
    total: int
    kinds: dict[str, int]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class View:
    """A record, all of it. `answer` is exactly what the visitor saw; `candidates` are dicts
    with the fields of `bot.trace.Candidate`.
    """

    item: Item
    answer: Answer
    site: str | None
    snapshot: str | None
    expires_on: date
    triage: dict[str, Any]
    candidates: tuple[dict[str, Any], ...]
    gate: tuple[str, ...]
    milliseconds: dict[str, float]
    feedback_reasons: tuple[str, ...]
    feedback_note: str | None
    history: tuple[Given, ...]
    state: State

    @property
    def current(self) -> Given | None:
        """The verdict that holds."""
        return next((given for given in self.history if given.current), None)


def page(records: Records, wanted: Filter, number: int = 1) -> Page:
    """A page of the queue; the nearest where there is none of that number.

    Raises RecordsUnavailable.
    """
    with records.reading() as session:
        kinds = by_kind(session, wanted)
        total = sum(kinds.values()) if wanted.kind is None else kinds.get(wanted.kind, 0)
        pages = max(1, -(-total // PAGE))
        number = min(max(1, number), pages)
        return Page(items(session, wanted, number), total, kinds, number, pages)


def by_kind(session: Session, wanted: Filter) -> dict[str, int]:
    """How many records of each kind there are, whatever kind is asked for."""
    counted = (
        select(Record.kind, func.count().label("number"))
        .where(*conditions(wanted))
        .group_by(Record.kind)
    )
    return {row.kind: row.number for row in session.execute(counted)}


def items(session: Session, wanted: Filter, number: int) -> tuple[Item, ...]:
    """The lines of one page."""
    of_kind = [] if wanted.kind is None else [Record.kind == wanted.kind]
    listed = (
        select(
            Record.id,
            Record.question,
            Record.kind,
            Record.language,
            Record.hour,
            Record.gate,
            Feedback.verdict.label("feedback"),
            Verdict.verdict,
        )
        .outerjoin(Feedback, Feedback.record == Record.id)
        .outerjoin(Verdict, and_(Verdict.record == Record.id, Verdict.current))
        .where(*conditions(wanted), *of_kind)
        .order_by(Record.urgency.desc(), Record.hour.desc(), Record.id.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )
    return tuple(
        Item(
            id=row.id,
            question=row.question,
            kind=row.kind,
            language=row.language,
            hour=row.hour,
            reasons=reasons(row.kind, row.gate, row.feedback),
            feedback=row.feedback,
            verdict=row.verdict,
        )
        for row in session.execute(listed)
    )


def conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """What a filter asks, but for the kind."""
    found: list[ColumnElement[bool]] = []
    if wanted.language is not None:
        found.append(Record.language == wanted.language)
    if wanted.state != "all":
        held = aliased(Verdict)
        judged = exists().where(held.record == Record.id, held.current)
        found.append(judged if wanted.state == "reviewed" else ~judged)
    return found


def view(records: Records, id: str) -> View | tuple[Given, ...] | None:  # noqa: A002
    """A record; the verdicts on it where its text is gone; None where there was never one.

    Raises RecordsUnavailable.
    """
    with records.reading() as session:
        given = history(session, id)
        found = session.get(Record, id)
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
    feedback = said.verdict if said else None
    item = Item(
        id=found.id,
        question=found.question,
        kind=found.kind,
        language=found.language,
        hour=found.hour,
        reasons=reasons(found.kind, found.gate, feedback),
        feedback=feedback,
        verdict=next((each.verdict for each in given if each.current), None),
    )
    return View(
        item=item,
        answer=together(found.answer, contents),
        site=found.site,
        snapshot=found.snapshot,
        expires_on=found.expires_on,
        triage=found.triage,
        candidates=tuple(found.candidates),
        gate=tuple(found.gate),
        milliseconds=found.milliseconds,
        feedback_reasons=tuple(said.reasons) if said else (),
        feedback_note=said.note if said else None,
        history=given,
        state=state(given),
    )
