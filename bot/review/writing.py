"""Entries into the tables: a batch in one transaction, the same however often it is repeated."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from bot.review.entries import CountEntry, Entry, FeedbackEntry, RecordEntry
from bot.review.tables import Base, Count, Feedback, Record, RecordPassage, ShownPassage
from bot.review.urgency import urgency

__all__ = ["write"]


def write(session: Session, entries: Sequence[Entry], today: date) -> None:
    """Write a batch; what has expired while it waited is only counted.

    Records are written in the order of their ids, which are random: the order in which they
    came in is kept nowhere.
    """
    counts: Counter[CountEntry] = Counter()
    records = [entry for entry in entries if isinstance(entry, RecordEntry)]
    for record in sorted(records, key=lambda record: record.id):
        if record.expires_on <= today or write_record(session, record):
            counts[record.count] += 1
    for entry in entries:
        if isinstance(entry, CountEntry):
            counts[entry] += 1
        elif isinstance(entry, FeedbackEntry) and write_feedback(session, entry):
            counts[CountEntry(day=entry.day, event=entry.verdict)] += 1
    for count, number in counts.items():
        add(session, count, number)


def write_record(session: Session, entry: RecordEntry) -> bool:
    """Write a record and its passages; False where it is there already."""
    row = entry.model_dump(exclude={"type", "passages"})
    row |= {
        "urgency": entry.urgency,
        "candidates": list(entry.candidates),
        "gate": list(entry.gate),
    }
    if not insert_new(session, Record, [row]):
        return False
    contents = sorted(entry.passages.items())
    if contents:
        insert_new(
            session, ShownPassage, [{"hash": key, "content": content} for key, content in contents]
        )
        insert_new(
            session, RecordPassage, [{"record": entry.id, "hash": key} for key, _ in contents]
        )
    return True


def write_feedback(session: Session, entry: FeedbackEntry) -> bool:
    """Put a visitor's verdict on its record, in place of an earlier one.

    Returns whether it is to be counted: False where the same verdict is there already.
    """
    found = session.execute(
        select(Record.kind, Record.gate).where(Record.id == entry.record)
    ).one_or_none()
    if found is None:
        return True
    before = session.get(Feedback, entry.record)
    counted = before is None or before.verdict != entry.verdict
    if before is None:
        before = Feedback(record=entry.record)
        session.add(before)
    before.verdict, before.reasons, before.note = entry.verdict, list(entry.reasons), entry.note
    session.execute(
        update(Record)
        .where(Record.id == entry.record)
        .values(urgency=urgency(found.kind, found.gate, entry.verdict))
    )
    session.flush()
    return counted


def insert_new(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> int:
    """Insert the rows that are not there; returns how many were new."""
    insert = postgresql_insert if postgresql(session) else sqlite_insert
    keys = list(table.__table__.primary_key)
    made = session.execute(insert(table).values(rows).on_conflict_do_nothing().returning(*keys))
    return len(made.all())


def add(session: Session, count: CountEntry, number: int) -> None:
    """Add to a day's count, making it where it is the first."""
    insert = postgresql_insert if postgresql(session) else sqlite_insert
    statement = insert(Count).values(
        day=count.day, event=count.event, kind=count.kind, language=count.language, number=number
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=list(Count.__table__.primary_key),
            set_={"number": Count.number + statement.excluded.number},
        )
    )


def postgresql(session: Session) -> bool:
    """Whether the session speaks to PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"
