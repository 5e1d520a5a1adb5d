"""Lines of the audit log: who did what. The database refuses to change or delete one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.review.database.tables import Audit
from bot.review.storage import Records

__all__ = ["OPERATOR", "PAGE", "lines", "note"]

PAGE: Final = 100
"""Lines on one page of the audit log."""

OPERATOR: Final = "(command line)"
"""Who acts where nobody has logged in: whoever may run the program on its machine."""


def note(
    session: Session, now: datetime, account: str, action: str, subject: str = "", detail: str = ""
) -> None:
    """Add a line in the transaction of what it tells of; holds no text of a question or note."""
    session.add(
        Audit(at=now, account=account, action=action, subject=subject[:64], detail=detail[:255])
    )


def lines(
    records: Records, number: int = 1, account: str | None = None
) -> tuple[Sequence[Audit], int]:
    """A page of the audit log, the latest line first, and how many pages there are.

    `account` keeps to what one account did. Raises RecordsUnavailable.
    """
    whose = [] if account is None else [Audit.account == account]
    with records.reading() as session:
        total = session.scalar(select(func.count()).select_from(Audit).where(*whose)) or 0
        pages = max(1, -(-total // PAGE))
        first = (min(max(1, number), pages) - 1) * PAGE
        found = select(Audit).where(*whose).order_by(Audit.id.desc()).offset(first).limit(PAGE)
        return session.scalars(found).all(), pages
