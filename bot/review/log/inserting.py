"""Inserting what may be there already, in the words of either database."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from bot.review.database.tables import Base, Count
from bot.review.log.entries import CountEntry

__all__ = ["add", "insert_new"]


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
