"""Notices that were not delivered yet, in the database: they outlive the process that made them.

A row holds what happened and where to look, no text, and is gone when the notice was delivered
or given up. Whoever delivers it says so again and again; what nobody has held for a while was
left by a process that is gone, and another one takes it over.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import delete, select, update

from bot.review.database.queue_tables import Event, PendingNotice
from bot.review.storage import Records

__all__ = ["HELD", "Outbox", "Pending"]

HELD: Final = timedelta(seconds=90)
"""For how long a process is believed to live that said so."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A notice that waits: how often it was tried."""

    id: str
    event: Event
    record: str | None
    tries: int


class Outbox:
    """The undelivered notices of `records`. Every method raises RecordsUnavailable."""

    def __init__(self, records: Records) -> None:
        self.records = records

    def keep(self, event: Event, record: str | None, now: datetime) -> Pending:
        """Write a new notice down, held by the caller."""
        made = Pending(secrets.token_hex(16), event, record, 0)
        with self.records.writing() as session:
            session.add(
                PendingNotice(
                    id=made.id, event=event, record=record, tries=0, held_until=now + HELD
                )
            )
        return made

    def hold(self, ids: Collection[str], now: datetime) -> None:
        """Say that the process which has these lives."""
        with self.records.writing() as session:
            mine = update(PendingNotice).where(PendingNotice.id.in_(ids))
            session.execute(mine.values(held_until=now + HELD))

    def tried(self, name: str, tries: int) -> None:
        """Note another try that failed."""
        with self.records.writing() as session:
            one = update(PendingNotice).where(PendingNotice.id == name)
            session.execute(one.values(tries=tries))

    def drop(self, name: str) -> None:
        """Forget one that was delivered or given up."""
        with self.records.writing() as session:
            session.execute(delete(PendingNotice).where(PendingNotice.id == name))

    def left(self, now: datetime) -> tuple[Pending, ...]:
        """Take over what a process that is gone has left; each is taken by one alone."""
        waiting = select(PendingNotice).where(PendingNotice.held_until <= now)
        with self.records.reading() as session:
            if not session.scalars(waiting.limit(1)).all():
                return ()
        with self.records.writing() as session:
            found = session.scalars(waiting.with_for_update(skip_locked=True)).all()
            for row in found:
                row.held_until = now + HELD
            return tuple(
                Pending(row.id, cast(Event, row.event), row.record, row.tries) for row in found
            )
