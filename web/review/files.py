"""Files that moderators take away: under which name, and the line that each leaves behind."""

from datetime import UTC, datetime

from bot.review import audit
from bot.review.storage import Records

__all__ = ["named", "noted"]


def named(name: str) -> dict[str, str]:
    """The header by which a browser keeps a file under a name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def noted(records: Records, who: str, action: str, detail: str = "") -> None:
    """Write a line into the audit log, before anything is sent. Raises RecordsUnavailable."""
    with records.writing() as session:
        audit.note(session, datetime.now(UTC), who, action, "", detail)
