"""Lines of the audit log: who did what. The database refuses to change or delete one."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from bot.review.tables import Audit

__all__ = ["OPERATOR", "note"]

OPERATOR: Final = "(command line)"
"""Who acts where nobody has logged in: whoever may run the program on its machine."""


def note(
    session: Session, now: datetime, account: str, action: str, subject: str = "", detail: str = ""
) -> None:
    """Add a line in the transaction of what it tells of; holds no text of a question or note."""
    session.add(
        Audit(at=now, account=account, action=action, subject=subject[:64], detail=detail[:255])
    )
