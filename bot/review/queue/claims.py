"""Who is at a row just now: a claim keeps others away for some minutes, then lapses by itself."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import select

from bot.review.database.tables import QueueRow, Record
from bot.review.storage import Records

__all__ = ["CLAIM", "claim", "release"]

CLAIM: Final = timedelta(minutes=10)


def claim(records: Records, record: str, account: int, now: datetime | None = None) -> bool:
    """Claim the row of a record, or hold one's claim for longer; False where another holds it.

    Raises RecordsUnavailable.
    """
    now = now or datetime.now(UTC)
    with records.writing() as session:
        row = session.scalar(
            select(QueueRow)
            .join(Record, Record.queue_row == QueueRow.id)
            .where(Record.id == record)
            .with_for_update(of=QueueRow)
        )
        if row is None:
            return False
        held = row.claimed_until is not None and row.claimed_until > now
        if held and row.claimed_by != account:
            return False
        row.claimed_by, row.claimed_until = account, now + CLAIM
        return True


def release(records: Records, record: str, account: int) -> None:
    """Give up one's claim. Raises RecordsUnavailable."""
    with records.writing() as session:
        row = session.scalar(
            select(QueueRow)
            .join(Record, Record.queue_row == QueueRow.id)
            .where(Record.id == record)
            .with_for_update(of=QueueRow)
        )
        if row is not None and row.claimed_by == account:
            row.claimed_by = row.claimed_until = None
