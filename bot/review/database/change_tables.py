"""The tables of what moderators changed: one row a version, and the runs of their cases."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.review.database.schema import Base, one_of

__all__ = ["KINDS", "STATES", "CaseRun", "Change", "KindName", "StateName"]

KindName = Literal["pin", "block", "alias", "phrase", "contact", "case"]
KINDS: tuple[KindName, ...] = ("pin", "block", "alias", "phrase", "contact", "case")
StateName = Literal["proposed", "active", "withdrawn"]
STATES: tuple[StateName, ...] = ("proposed", "active", "withdrawn")


class Change(Base):
    """A version of something that a moderator changed. No row is ever edited: the greatest
    `version` of an `id` is the one that holds, and only if it is active.

    `target` is what it is about, for people to read; `payload` is of the class of its kind
    (`bot.review.changes.payloads`). Holds no visitor's words but those that a moderator has
    taken over, knowing that they stay.
    """

    __tablename__ = "overrides"
    __table_args__ = (
        one_of("kind", KINDS, "kind"),
        one_of("state", STATES, "state"),
        UniqueConstraint("id", "version"),
        Index(None, "kind", "state"),
    )

    serial: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    target: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any]]
    who: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    note: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)


class CaseRun(Base):
    """What came of asking all cases: `results` maps the id of a case to right, wrong or stale."""

    __tablename__ = "case_runs"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    snapshot: Mapped[str] = mapped_column(String(128))
    overrides: Mapped[int]
    who: Mapped[str] = mapped_column(String(64))
    results: Mapped[dict[str, Any]]
    satisfied: Mapped[int]
    missed: Mapped[int]
    stale: Mapped[int]
