"""The tables of the records, the same on SQLite and PostgreSQL.

What a visitor asked lives in `records`, `shown_passages`, `record_passages` and `feedback`, and
dies on `records.expires_on`. No table has an address, a user agent or anything that links two
questions: time is kept to the hour, and SQLite's row numbers, which would give the order of
writing, are switched off.
"""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.review.schema import Base, one_of

__all__ = [
    "ROLES",
    "VERDICTS",
    "Account",
    "Audit",
    "Base",
    "Count",
    "Feedback",
    "LoginSession",
    "Record",
    "RecordPassage",
    "Role",
    "ShownPassage",
    "Verdict",
    "VerdictName",
]

Role = Literal["viewer", "moderator", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "moderator", "admin")

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
    `shown_passages`. `urgency` orders the queue, the greatest first
    (`bot.review.urgency`).
    """

    __tablename__ = "records"
    __table_args__ = (
        Index(None, "urgency", "hour", "id"),
        Index(None, "kind", "urgency", "hour", "id"),
        Index(None, "language", "urgency", "hour", "id"),
        Index(None, "language", "kind"),
        Index(None, "expires_on"),
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


class Account(Base):
    """Somebody who may log in. `name` is folded; `password` is an argon2id hash."""

    __tablename__ = "accounts"
    __table_args__ = (one_of("role", ROLES, "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class LoginSession(Base):
    """A moderator's login. `token` is the hash of what the browser holds, never the token."""

    __tablename__ = "login_sessions"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Verdict(Base):
    """What a moderator said about a record; all are kept, one is current.

    Outlives the record, with the record's kind, language and snapshot but without its text: no
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
        Index(None, "record", "given_at"),
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


class Audit(Base):
    """What was done by whom; the database refuses to change or delete a line."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(64))
    detail: Mapped[str] = mapped_column(String(255))
