"""The tables of the records, the same on SQLite and PostgreSQL.

What a visitor asked lives in `records`, `shown_passages`, `record_passages` and `feedback`, and
dies on `records.expires_on`. No table has an address, a user agent or anything that links two
questions: time is kept to the hour, and SQLite's row numbers, which would give the order of
writing, are switched off.
"""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Date, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.review.database.people import (
    ROLES,
    Account,
    Audit,
    LoginSession,
    LoginTry,
    RecoveryCode,
    Role,
    SavedFilter,
)
from bot.review.database.queue_tables import EVENTS, Event, PendingNotice, QueueRow, RowMark
from bot.review.database.schema import Base, one_of

__all__ = [
    "EVENTS",
    "ROLES",
    "VERDICTS",
    "Account",
    "Audit",
    "Base",
    "Count",
    "Event",
    "Feedback",
    "LoginSession",
    "LoginTry",
    "PendingNotice",
    "QueueRow",
    "Record",
    "RecordPassage",
    "RecoveryCode",
    "Role",
    "RowMark",
    "SavedFilter",
    "ShownPassage",
    "Verdict",
    "VerdictName",
]

VerdictName = Literal[
    "right",
    "wrong_passage",
    "missing_source",
    "should_have_declined",
    "should_not_have_declined",
    "missed_danger",
    "false_alarm",
    "unsafe",
]
VERDICTS: tuple[VerdictName, ...] = (
    "right",
    "wrong_passage",
    "missing_source",
    "should_have_declined",
    "should_not_have_declined",
    "missed_danger",
    "false_alarm",
    "unsafe",
)


class Record(Base):
    """One answer: the redacted question, the answer as shown, and why it came out so.

    `answer` is the Answer as JSON, each passage replaced by the hash of its content in
    `shown_passages`. `reasons` say why it matters, `urgency` how much (`bot.review.queue.urgency`).
    `conversation` is a random id that dies with the visitor's tab, kept only where the site's
    owner asked for it.
    """

    __tablename__ = "records"
    __table_args__ = (
        Index(None, "urgency", "hour", "id"),
        Index(None, "kind", "urgency", "hour", "id"),
        Index(None, "language", "urgency", "hour", "id"),
        Index(None, "language", "kind"),
        Index(None, "expires_on"),
        Index(None, "queue_row", "urgency", "hour", "id"),
        Index(None, "conversation"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    hour: Mapped[datetime]
    expires_on: Mapped[date] = mapped_column(Date)
    urgency: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(16))
    site: Mapped[str | None] = mapped_column(String(255))
    snapshot: Mapped[str | None] = mapped_column(String(128))
    question: Mapped[str] = mapped_column(Text)
    triage: Mapped[dict[str, Any]]
    answer: Mapped[dict[str, Any]]
    candidates: Mapped[list[Any]]
    gate: Mapped[list[Any]]
    milliseconds: Mapped[dict[str, Any]]
    reasons: Mapped[list[Any] | None]
    conversation: Mapped[str | None] = mapped_column(String(64))
    queue_row: Mapped[str | None] = mapped_column(String(32), ForeignKey("queue_rows.id"))


class ShownPassage(Base):
    """A passage as visitors saw it, kept once under the hash of its content."""

    __tablename__ = "shown_passages"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[dict[str, Any]]


class RecordPassage(Base):
    """Which record cites which passage; a passage that no record cites is deleted."""

    __tablename__ = "record_passages"
    __table_args__ = (Index(None, "hash"), {"sqlite_with_rowid": False})

    record: Mapped[str] = mapped_column(
        ForeignKey("records.id", ondelete="CASCADE"), primary_key=True
    )
    hash: Mapped[str] = mapped_column(ForeignKey("shown_passages.hash"), primary_key=True)


class Feedback(Base):
    """A visitor's verdict on an answer; the last one wins."""

    __tablename__ = "feedback"
    __table_args__ = (one_of("verdict", ("up", "down"), "verdict"), {"sqlite_with_rowid": False})

    record: Mapped[str] = mapped_column(
        ForeignKey("records.id", ondelete="CASCADE"), primary_key=True
    )
    verdict: Mapped[str] = mapped_column(String(8))
    reasons: Mapped[list[Any]]
    note: Mapped[str | None] = mapped_column(Text)


class Count(Base):
    """How often something happened on a day; tells nothing of anybody.

    `event` is `answer`, `up` or `down`; `kind` and `language` are empty where not known.
    """

    __tablename__ = "counts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    event: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[int]


class Verdict(Base):
    """What a moderator said about a row of the queue; all are kept, one is current.

    `record` is the one that was looked at, `passage` and `document` name the right passage where
    another was shown, `second` asks for another opinion, `batch` joins those that were given at
    once. Outlives the record, with its kind, language and snapshot but without its text: no
    foreign key, and `note` is emptied when the record goes, for it may quote the question.
    """

    __tablename__ = "verdicts"
    __table_args__ = (
        one_of("verdict", VERDICTS, "verdict"),
        Index(
            "one_current_verdict",
            "record",
            unique=True,
            sqlite_where=text("current"),
            postgresql_where=text("current"),
        ),
        Index(
            "one_current_verdict_a_row",
            "queue_row",
            unique=True,
            sqlite_where=text("current"),
            postgresql_where=text("current"),
        ),
        Index(None, "record", "given_at"),
        Index(None, "queue_row", "given_at"),
        Index(None, "account", "given_at"),
        Index(None, "batch"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(String(64))
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(32))
    note: Mapped[str | None] = mapped_column(Text)
    given_at: Mapped[datetime]
    current: Mapped[bool]
    kind: Mapped[str] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(16))
    snapshot: Mapped[str | None] = mapped_column(String(128))
    queue_row: Mapped[str | None] = mapped_column(String(32))
    passage: Mapped[str | None] = mapped_column(String(64))
    document: Mapped[str | None] = mapped_column(String(255))
    second: Mapped[bool] = mapped_column(server_default=false())
    withdrawn_at: Mapped[datetime | None]
    batch: Mapped[str | None] = mapped_column(String(32))
