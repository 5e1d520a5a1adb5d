"""Failed tries to log in, counted in the database: every process and every machine sees them.

Kept under a hash of the name for five minutes, whether or not there is such an account.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from bot.review.database.tables import LoginTry
from bot.review.storage import Records

__all__ = ["begun", "forgiven"]

WINDOW: Final = timedelta(minutes=5)
TRIES_A_NAME: Final = 5
TRIES_IN_ALL: Final = 100
LOCK: Final = 0x5AFE_1061


def begun(records: Records, key: str, now: datetime) -> int | None:
    """Note a try under `key`; None where there were too many of that key, or in all.

    Raises RecordsUnavailable.
    """
    with records.writing() as session:
        if not records.sqlite:
            # One at a time, so that many tries at the same moment are not all the last one.
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        session.execute(delete(LoginTry).where(LoginTry.at <= now - WINDOW))
        if number(session, key) >= TRIES_A_NAME or number(session) >= TRIES_IN_ALL:
            return None
        made = LoginTry(key=key, at=now)
        session.add(made)
        session.flush()
        return made.id


def forgiven(session: Session, tried: int) -> None:
    """Take back a try that turned out right."""
    session.execute(delete(LoginTry).where(LoginTry.id == tried))


def number(session: Session, key: str | None = None) -> int:
    """How many tries there were, under a key or in all."""
    counted = select(func.count()).select_from(LoginTry)
    if key is not None:
        counted = counted.where(LoginTry.key == key)
    return session.scalar(counted) or 0
