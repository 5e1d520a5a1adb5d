"""Where a moderator can go: the links at the head of every one of their pages."""

from dataclasses import dataclass

from bot.review.accounts.sessions import Moderator
from bot.review.database.tables import ROLES, Role

__all__ = ["ENTRIES", "Entry", "entries"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A link: its path, the key of its words in the phrases, the least role that sees it, and
    the key that opens it after `g`.
    """

    path: str
    word: str
    role: Role = "viewer"
    key: str = ""


ENTRIES: tuple[Entry, ...] = (
    Entry("/review", "queue", key="q"),
    Entry("/review/progress", "progress", key="r"),
    Entry("/review/changes", "changes", key="c"),
    Entry("/review/cases", "cases", key="e"),
    Entry("/review/gaps", "gaps", key="p"),
    Entry("/review/charts", "charts", key="h"),
    Entry("/review/withheld", "withheld_originals", "moderator", key="w"),
    Entry("/review/export", "export_records", "moderator", key="x"),
    Entry("/review/account", "account", key="a"),
    Entry("/review/audit", "audit_log", "admin", key="l"),
)


def entries(moderator: Moderator | None) -> tuple[Entry, ...]:
    """The links that somebody may follow; none where nobody is logged in."""
    if moderator is None:
        return ()
    own = ROLES.index(moderator.role)
    return tuple(entry for entry in ENTRIES if ROLES.index(entry.role) <= own)
