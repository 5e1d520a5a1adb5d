"""The queue, in the order in which its rows matter: page by page, and what stands beside a row."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, cast

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import Session

from bot.review.database.tables import Account, QueueRow, Record
from bot.review.queue.filters import Filter, conditions
from bot.review.queue.urgency import Reason
from bot.review.storage import Records

__all__ = ["PAGE", "Item", "Page", "neighbours", "page"]

PAGE: Final = 50
"""Rows on one page of the queue."""

ORDER: Final = (QueueRow.urgency.desc(), QueueRow.hour.desc(), QueueRow.id.desc())


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the queue: a question with one answer, asked `number` times, last in `hour`.

    `id` is the record that is shown for it; `claimed_by` is who is at it just now.
    """

    id: str
    row: str
    question: str
    kind: str
    language: str
    hour: datetime
    number: int
    reasons: tuple[Reason, ...]
    state: str
    verdict: str | None
    claimed_by: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the queue. `kinds` counts the rows of each kind that the filter's other
    conditions leave; `number` begins at 1.
    """

    items: tuple[Item, ...]
    total: int
    kinds: dict[str, int]
    number: int
    pages: int


def page(records: Records, wanted: Filter, number: int = 1) -> Page:
    """A page of the queue; the nearest where there is none of that number.

    Raises RecordsUnavailable.
    """
    with records.reading() as session:
        kinds = by_kind(session, wanted)
        total = sum(kinds.values()) if wanted.kind is None else kinds.get(wanted.kind, 0)
        pages = max(1, -(-total // PAGE))
        number = min(max(1, number), pages)
        shown = items(session, of_page(session, wanted, number)) if total else ()
        return Page(shown, total, kinds, number, pages)


def by_kind(session: Session, wanted: Filter) -> dict[str, int]:
    """How many rows of each kind there are, whatever kind is asked for."""
    counted = (
        select(QueueRow.kind, func.count().label("number"))
        .where(*conditions(wanted))
        .group_by(QueueRow.kind)
    )
    return {row.kind: row.number for row in session.execute(counted)}


def listed(wanted: Filter) -> Select[QueueRow, str]:
    """The rows that a filter asks for, in their order."""
    return rows_and_claimers().where(*asked(wanted)).order_by(*ORDER)


def asked(wanted: Filter) -> list[ColumnElement[bool]]:
    """All that a filter asks, the kind too."""
    of_kind = [] if wanted.kind is None else [QueueRow.kind == wanted.kind]
    return [*conditions(wanted), *of_kind]


def rows_and_claimers() -> Select[QueueRow, str]:
    """Rows, each with the name of who is at it."""
    return select(QueueRow, Account.name.label("claimer")).outerjoin(
        Account, Account.id == QueueRow.claimed_by
    )


def of_page(session: Session, wanted: Filter, number: int) -> Select[QueueRow, str]:
    """The rows of one page: which they are is read from an index alone, and only then the rows."""
    names = select(QueueRow.id).where(*asked(wanted)).order_by(*ORDER)
    here = session.scalars(names.limit(PAGE).offset((number - 1) * PAGE)).all()
    return rows_and_claimers().where(QueueRow.id.in_(here)).order_by(*ORDER)


def items(session: Session, found: Select[QueueRow, str]) -> tuple[Item, ...]:
    """The lines of a page."""
    now = datetime.now(UTC)
    return tuple(item(row, claimer, now) for row, claimer in session.execute(found))


def item(row: QueueRow, claimer: str | None, now: datetime) -> Item:
    """A row as a line of the queue; a claim that has expired is none."""
    held = row.claimed_until is not None and row.claimed_until > now
    return Item(
        id=row.head,
        row=row.id,
        question=row.question,
        kind=row.kind,
        language=row.language,
        hour=row.hour,
        number=row.number,
        reasons=cast(tuple[Reason, ...], tuple(row.reasons)),
        state=row.state,
        verdict=row.verdict,
        claimed_by=claimer if held else None,
    )


def neighbours(
    records: Records, wanted: Filter, record: str, account: int
) -> tuple[str | None, str | None]:
    """The records before and after `record` in a filtered queue, others' claims passed over.

    After the last one comes the first. None where there is no other. Raises RecordsUnavailable.
    """
    with records.reading() as session:
        here = session.scalar(
            select(QueueRow)
            .join(Record, Record.queue_row == QueueRow.id)
            .where(Record.id == record)
        )
        free = [free_for(account)]
        if here is None:
            return None, head(session, listed(wanted).where(*free))
        free.append(QueueRow.id != here.id)
        place = tuple_(QueueRow.urgency, QueueRow.hour, QueueRow.id)
        mine = (here.urgency, here.hour, here.id)
        rest = listed(wanted).where(*free)
        backwards = (QueueRow.urgency, QueueRow.hour, QueueRow.id)
        before = head(session, rest.where(place > mine).order_by(None).order_by(*backwards))
        after = head(session, rest.where(place < mine)) or head(session, rest)
        return before, after


def free_for(account: int) -> ColumnElement[bool]:
    """Rows that nobody else is at."""
    return or_(
        QueueRow.claimed_until.is_(None),
        QueueRow.claimed_until <= datetime.now(UTC),
        QueueRow.claimed_by == account,
    )


def head(session: Session, found: Select[QueueRow, str]) -> str | None:
    """The record that is shown for the first of some rows."""
    return session.scalar(found.with_only_columns(QueueRow.head).limit(1))
