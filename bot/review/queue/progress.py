"""How far the queue has come, and who did what of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.review.database.tables import Account, QueueRow, Verdict
from bot.review.storage import Records

__all__ = ["Progress", "Reviewer", "progress"]

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """What somebody judged: rows in the last seven days and in all, and the latest verdict."""

    name: str
    week: int
    total: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows by state, among those that are still kept, and verdicts by reviewer."""

    states: dict[str, int]
    reviewers: tuple[Reviewer, ...]

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.states.values())

    @property
    def reviewed(self) -> int:
        """Rows that are done."""
        return self.states.get("reviewed", 0)


def progress(records: Records, now: datetime | None = None) -> Progress:
    """Count. Raises RecordsUnavailable."""
    with records.reading() as session:
        counted = select(QueueRow.state, func.count().label("number")).group_by(QueueRow.state)
        states = {row.state: row.number for row in session.execute(counted)}
        return Progress(states, reviewers(session, now or datetime.now(UTC)))


def reviewers(session: Session, now: datetime) -> tuple[Reviewer, ...]:
    """Everybody whose verdicts were not taken back, the busiest of the week first."""
    total, last = func.count(), func.max(Verdict.given_at)
    week = func.count().filter(Verdict.given_at > now - WEEK)
    found = (
        select(Account.name, week.label("week"), total.label("total"), last.label("last"))
        .join(Account, Account.id == Verdict.account)
        .where(Verdict.withdrawn_at.is_(None))
        .group_by(Account.name)
        .order_by(week.desc(), total.desc(), Account.name)
    )
    return tuple(
        Reviewer(row.name, row.week, row.total, row.last) for row in session.execute(found)
    )
