"""Deleting what was kept of a question on its day, from the database and from the disk below it.

SQLite overwrites what it deletes (`secure_delete`); the write-ahead log, which still holds the
old pages, is copied back and cut to nothing. PostgreSQL frees the rows for overwriting by
VACUUM. Neither can reach backups: `NOT_WIPED` says what else remains, for whoever wipes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, CursorResult, delete, exists, select, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from bot.review.database.change_tables import Change
from bot.review.database.tables import Feedback, Record, RecordPassage, ShownPassage, Verdict
from bot.review.log.rows import shrink, without_records
from bot.review.log.spill import Spill
from bot.review.queue.saved import forget_searches
from bot.review.storage import Records

__all__ = ["NOT_WIPED", "Purged", "purge"]

NOT_WIPED: Final = (
    "backups and snapshots of the disk or of the database",
    "replicas and archived write-ahead logs of PostgreSQL",
    "blocks that a file system or a solid-state disk has moved elsewhere",
    "moderators' verdicts, which hold no text of a question, the audit log, and the daily counts",
    "corrections and cases in force, in the words that moderators chose for them; pins and cases "
    "that were withdrawn go with --all",
)
"""What no purge reaches, in words for the person who asked for one."""

TEXT_TABLES: Final = (
    "records",
    "queue_rows",
    "row_marks",
    "shown_passages",
    "record_passages",
    "feedback",
    "verdicts",
    "saved_filters",
    "overrides",
)
WORDED: Final = ("pin", "case")
"""Kinds of correction that repeat a question, in a moderator's words."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge deleted: numbers of rows, and of entries that waited in the spill file.

    `corrections` are versions of pins and cases that were withdrawn. `wiped` is false where a
    reader held the old pages, so that they remain until the next purge.
    """

    records: int
    feedback: int
    passages: int
    notes: int
    corrections: int
    spilled: int
    wiped: bool


def purge(
    records: Records, now: datetime, everything: bool = False, spill: Path | None = None
) -> Purged:
    """Delete every record whose day has come by `now`, or all of them.

    Verdicts stay, without their notes, which may quote the question; passages go with the last
    record that cites them. With `everything`, so do the words of withdrawn pins and cases.
    Raises RecordsUnavailable, and OSError where `spill` is not writable.
    """
    today = now.astimezone(UTC).date()
    spilled = Spill(spill).purge(today, everything) if spill else 0
    try:
        gone = delete_rows(records, now, everything)
    except IntegrityError:
        # A record written meanwhile cites a passage that was about to go: now it is seen.
        gone = delete_rows(records, now, everything)
    deleted = any(gone) or everything
    wiped = not deleted or wipe(records, everything)
    if records.sqlite:
        measured(records)
    return Purged(*gone, spilled=spilled, wiped=wiped)


def measured(records: Records) -> None:
    """Let SQLite look at a sample of its indexes, so that it knows which one to read.

    PostgreSQL does so by itself (https://sqlite.org/lang_analyze.html#recommended_usage_patterns).
    """
    with records.bare() as connection:
        connection.exec_driver_sql("PRAGMA analysis_limit=400")
        connection.exec_driver_sql("PRAGMA optimize")


def delete_rows(
    records: Records, now: datetime, everything: bool
) -> tuple[int, int, int, int, int]:
    """Delete in one transaction; numbers of records, feedback, passages, notes, corrections."""
    today = now.astimezone(UTC).date()
    due = true() if everything else Record.expires_on <= today
    with records.writing() as session:
        theirs = select(Record.id).where(due)
        affected = shrink(session, due)
        feedback = rows(session, delete(Feedback).where(Feedback.record.in_(theirs)))
        gone = rows(session, delete(Record).where(due))
        uncited = ~exists().where(RecordPassage.hash == ShownPassage.hash)
        without_records(session, affected)
        forget_searches(session, now, everything)
        passages = rows(session, delete(ShownPassage).where(uncited))
        notes = rows(session, update(Verdict).where(orphaned()).values(note=None))
        corrections = rows(session, delete(Change).where(withdrawn())) if everything else 0
    return gone, feedback, passages, notes, corrections


def withdrawn() -> ColumnElement[bool]:
    """All versions of the pins and cases whose last version withdraws them."""
    later = aliased(Change)
    last = ~exists().where(later.id == Change.id, later.version > Change.version)
    taken_back = select(Change.id).where(Change.kind.in_(WORDED), Change.state == "withdrawn", last)
    return Change.id.in_(taken_back)


def orphaned() -> ColumnElement[bool]:
    """Verdicts with a note whose record is gone."""
    return Verdict.note.is_not(None) & ~exists().where(Record.id == Verdict.record)


def rows(session: Session, statement: Any) -> int:  # noqa: ANN401
    """Run a statement; how many rows it changed."""
    return cast(CursorResult[Any], session.execute(statement)).rowcount


def wipe(records: Records, everything: bool) -> bool:
    """Take what was deleted off the disk, as far as the database can; False if not all is."""
    with records.bare() as connection:
        if records.sqlite:
            if everything:
                connection.exec_driver_sql("VACUUM")
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
            return not busy
        for table in TEXT_TABLES:
            connection.exec_driver_sql(f"VACUUM {'FULL ' if everything else ''}{table}")
    return True
