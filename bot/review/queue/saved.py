"""Filters of the queue that an account has named, to come back to."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session

from bot.review.database.tables import SavedFilter
from bot.review.redaction import storable
from bot.review.storage import Records

__all__ = ["MOST", "Saved", "forget", "forget_searches", "recall", "save", "saved"]

MOST: Final = 30
"""Filters that one account may keep."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A filter by its name; `query` is that of the queue's address."""

    id: int
    name: str
    query: str


LATEST: Final = ""
"""The name of an account's latest search."""

LASTS: Final = timedelta(days=1)


def saved(records: Records, account: int) -> tuple[Saved, ...]:
    """The filters that an account has named, by name. Raises RecordsUnavailable."""
    mine = SavedFilter.account == account, SavedFilter.name != LATEST
    with records.reading() as session:
        found = session.scalars(select(SavedFilter).where(*mine).order_by(SavedFilter.name))
        return tuple(Saved(each.id, each.name, each.query) for each in found)


def recall(records: Records, account: int, id: int) -> Saved | None:  # noqa: A002
    """A filter of one's own, the latest search among them. Raises RecordsUnavailable."""
    with records.reading() as session:
        found = session.get(SavedFilter, id)
        if found is None or found.account != account:
            return None
        return Saved(found.id, found.name, found.query)


def save(records: Records, account: int, name: str, query: str) -> int | None:
    """Keep a filter, in place of one of the same name; its id, None where there are too many.

    Without a name it is the latest search. Raises RecordsUnavailable.
    """
    name = storable(name).strip()[:64]
    if len(query) > 1024:
        return None
    mine = SavedFilter.account == account
    with records.writing() as session:
        session.execute(delete(SavedFilter).where(mine, SavedFilter.name == name))
        if (session.scalar(select(func.count()).select_from(SavedFilter).where(mine)) or 0) > MOST:
            return None
        made = SavedFilter(account=account, name=name, query=query, at=datetime.now(UTC))
        session.add(made)
        session.flush()
        return made.id


def forget(records: Records, account: int, id: int) -> None:  # noqa: A002
    """Delete a filter of one's own. Raises RecordsUnavailable."""
    mine = SavedFilter.id == id, SavedFilter.account == account
    with records.writing() as session:
        session.execute(delete(SavedFilter).where(*mine))


def forget_searches(session: Session, now: datetime, everything: bool) -> int:
    """Delete the searches of the day before, or all of them; how many."""
    old = SavedFilter.name == LATEST
    if not everything:
        old = old & (SavedFilter.at <= now - LASTS)
    return cast(CursorResult[Any], session.execute(delete(SavedFilter).where(old))).rowcount
