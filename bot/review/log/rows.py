"""Records into rows of the queue: the same question with the same answer is one row.

A row shows one of its records, its head: the most urgent, of those the newest.
"""

import secrets
from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

from sqlalchemy import CursorResult, delete, exists, func, select, update
from sqlalchemy.orm import Session

from bot.review.database.tables import QueueRow, Record, RowMark
from bot.review.log.entries import RecordEntry
from bot.review.log.inserting import insert_new

__all__ = ["count", "refresh", "row_of", "shrink", "without_records"]

BATCH: Final = 500


def row_of(session: Session, entry: RecordEntry) -> QueueRow:
    """The row of a record that is about to be written, made where there is none; locked."""
    while True:
        made = {
            "id": secrets.token_hex(16),
            "key": entry.key,
            "head": entry.id,
            "number": 0,
            "urgency": entry.urgency,
            "reasons": list(entry.reasons),
            "hour": entry.hour,
            "kind": entry.kind,
            "language": entry.language,
            "question": entry.question,
            "folded": entry.folded,
            "state": "open",
            "waiting": True,
        }
        if insert_new(session, QueueRow, [made]):
            mark(session, str(made["id"]), entry)
        row = session.scalar(select(QueueRow).where(QueueRow.key == entry.key).with_for_update())
        # None where a purge took the row away between the two statements.
        if row is not None:
            return row


def mark(session: Session, row: str, entry: RecordEntry) -> None:
    """Write down what a new row is about."""
    marks = [("substance", each) for each in entry.triage.get("substances", ())]
    marks += [("document", each["citation"]["document"]) for each in entry.passages.values()]
    if marks:
        unique = sorted({(what, str(value)[:255]) for what, value in marks})
        insert_new(
            session,
            RowMark,
            [{"queue_row": row, "what": what, "value": value} for what, value in unique],
        )


def count(row: QueueRow, entry: RecordEntry) -> None:
    """Let a record that was just written count in its row."""
    row.number += 1
    if (entry.urgency, entry.hour) >= (row.urgency, row.hour):
        row.head, row.question = entry.id, entry.question
        row.urgency, row.reasons = entry.urgency, list(entry.reasons)
    row.hour = max(row.hour, entry.hour)


def refresh(session: Session, row: QueueRow) -> None:
    """Choose the head anew, after a record has changed or gone; the row must have a record."""
    head = session.scalars(
        select(Record)
        .where(Record.queue_row == row.id)
        .order_by(Record.urgency.desc(), Record.hour.desc(), Record.id.desc())
        .limit(1)
    ).one()
    row.head, row.question = head.id, head.question
    row.urgency, row.reasons = head.urgency, list(head.reasons or ())


def shrink(session: Session, due: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Take the records that `due` selects out of their rows' numbers, before they go.

    Returns those rows. Only they are looked at afterwards: the database can be written by nobody
    else meanwhile, so that it must not take as long as there are records.
    """
    # Not DISTINCT in SQL: SQLite would read every record in the order of its row for that.
    found = set(session.scalars(select(Record.queue_row).where(due)))
    affected = tuple(sorted(each for each in found if each is not None))
    staying = (
        select(func.count())
        .select_from(Record)
        .where(Record.queue_row == QueueRow.id, ~due)
        .scalar_subquery()
    )
    for rows in batches(affected):
        session.execute(
            update(QueueRow).where(QueueRow.id.in_(rows)).values(number=staying),
            execution_options={"synchronize_session": False},
        )
    return affected


def without_records(session: Session, affected: Sequence[str]) -> int:
    """Of these rows, delete those whose records are all gone, and give others a head anew."""
    number = 0
    for rows in batches(affected):
        gone = delete(QueueRow).where(QueueRow.id.in_(rows), QueueRow.number == 0)
        number += cast(CursorResult[Any], session.execute(gone)).rowcount
        headless = select(QueueRow).where(
            QueueRow.id.in_(rows), ~exists().where(Record.id == QueueRow.head)
        )
        for row in session.scalars(headless).all():
            refresh(session, row)
    return number


def batches(names: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Cut what a statement names one by one into as many as a database takes at once."""
    for start in range(0, len(names), BATCH):
        yield names[start : start + BATCH]
