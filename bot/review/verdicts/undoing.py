"""Taking a verdict back: it stays in the history, and the one before it holds again."""

from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.review import audit
from bot.review.database.tables import Account, QueueRow, Verdict
from bot.review.storage import Records
from bot.review.verdicts.giving import settle

__all__ = ["Undone", "undo", "undo_batch"]

Undone = Literal["undone", "changed", "not_yours"]


def undo(records: Records, verdict: int, account: int, admin: bool = False) -> Undone:
    """Take back a verdict of one's own, or as an admin anybody's, while it is the current one.

    `changed` where it no longer is. Raises RecordsUnavailable.
    """
    with records.writing() as session:
        given = session.get(Verdict, verdict)
        if given is None:
            return "changed"
        if given.account != account and not admin:
            return "not_yours"
        by = session.get_one(Account, account).name
        return "undone" if taken_back(session, given, by) else "changed"


def undo_batch(records: Records, batch: str, account: int, admin: bool = False) -> int:
    """Take back what was given at once and is still current; how many.

    Raises RecordsUnavailable.
    """
    with records.writing() as session:
        given = session.scalars(
            select(Verdict).where(Verdict.batch == batch).order_by(Verdict.queue_row)
        ).all()
        by = session.get_one(Account, account).name
        mine = [each for each in given if admin or each.account == account]
        return sum(taken_back(session, each, by) for each in mine)


def taken_back(session: Session, given: Verdict, by: str) -> bool:
    """Take one verdict back; False where another is current, or its row is gone."""
    row = session.get(QueueRow, given.queue_row, with_for_update=True) if given.queue_row else None
    session.refresh(given)
    if row is None or not given.current:
        return False
    now = datetime.now(UTC)
    given.current, given.withdrawn_at = False, now
    session.flush()
    before = session.scalars(
        select(Verdict)
        .where(Verdict.queue_row == row.id, Verdict.withdrawn_at.is_(None))
        .order_by(Verdict.given_at.desc(), Verdict.id.desc())
        .limit(1)
    ).one_or_none()
    if before is not None:
        before.current = True
        session.flush()
    settle(row, before)
    audit.note(session, now, by, "verdict withdrawn", given.record, given.verdict)
    return True
