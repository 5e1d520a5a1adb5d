"""Entries into the tables: a batch in one transaction, the same however often it is repeated."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.review.database.tables import Feedback, QueueRow, Record, RecordPassage, ShownPassage
from bot.review.log.entries import CountEntry, Entry, FeedbackEntry, RecordEntry
from bot.review.log.inserting import add, insert_new
from bot.review.log.rows import count, refresh, row_of
from bot.review.queue.urgency import judged_by_visitor, urgency

__all__ = ["write"]


def write(session: Session, entries: Sequence[Entry], today: date) -> None:
    """Write a batch; what has expired while it waited is only counted.

    Records are written in the order of their keys, which are hashes: the order in which they
    came in is kept nowhere, and two processes that write the same rows do not wait in a ring.
    """
    counts: Counter[CountEntry] = Counter()
    records = [entry for entry in entries if isinstance(entry, RecordEntry)]
    for record in sorted(records, key=lambda record: (record.key, record.id)):
        if record.expires_on <= today or write_record(session, record):
            counts[record.count] += 1
    for entry in entries:
        if isinstance(entry, CountEntry):
            counts[entry] += 1
        elif isinstance(entry, FeedbackEntry) and write_feedback(session, entry):
            counts[CountEntry(day=entry.day, event=entry.verdict)] += 1
    for each, number in counts.items():
        add(session, each, number)


def write_record(session: Session, entry: RecordEntry) -> bool:
    """Write a record with its row and its passages; False where it is there already."""
    if session.get(Record, entry.id) is not None:
        return False
    row = row_of(session, entry)
    values = entry.model_dump(exclude={"type", "passages"}) | {
        "urgency": entry.urgency,
        "reasons": list(entry.reasons),
        "candidates": list(entry.candidates),
        "gate": list(entry.gate),
        "queue_row": row.id,
    }
    if not insert_new(session, Record, [values]):
        return False
    count(row, entry)
    session.flush()
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
    found = session.get(Record, entry.record)
    if found is None:
        return True
    before = session.get(Feedback, entry.record)
    counted = before is None or before.verdict != entry.verdict
    if before is None:
        before = Feedback(record=entry.record)
        session.add(before)
    before.verdict, before.reasons, before.note = entry.verdict, list(entry.reasons), entry.note
    why = judged_by_visitor(found.reasons or (), entry.verdict)
    found.reasons, found.urgency = list(why), urgency(why)
    session.flush()
    row = session.get(QueueRow, found.queue_row, with_for_update=True) if found.queue_row else None
    if row is not None:
        refresh(session, row)
        session.flush()
    return counted
