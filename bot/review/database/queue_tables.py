"""The tables of the queue and of what waits to be told: what the records lead to.

Filters and order of the queue are read from indexes here, however many records there are.
"""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.review.database.schema import Base, one_of

__all__ = ["EVENTS", "Event", "PendingNotice", "QueueRow", "RowMark"]

Event = Literal["emergency", "crisis", "gate", "missed_danger", "unsafe"]
EVENTS: tuple[Event, ...] = ("emergency", "crisis", "gate", "missed_danger", "unsafe")

WORDS = ("urgency", "hour", "id", "kind", "language", "state", "verdict", "reasons", "folded")
"""What the queue is filtered and ordered by. SQLite reads it from one index, a tenth of the
table; PostgreSQL takes no key as long as a question can be, and reads rows faster.
"""


class QueueRow(Base):
    """A line of the queue: one question with one answer, however often it was asked.

    `key` is the hash by which records find their row, `head` the record that is shown for all of
    them, `number` how many there are, `folded` the question as it is searched. `waiting` is
    whether somebody still has to judge it; it and `state` follow from the verdicts
    (`bot.review.verdicts.giving`). The row dies with its last record.
    """

    __tablename__ = "queue_rows"
    __table_args__ = (
        one_of("state", ("open", "second", "reviewed"), "state"),
        Index(None, "waiting", "urgency", "hour", "id"),
        Index(None, "waiting", "kind", "urgency", "hour", "id"),
        Index(None, "waiting", "language", "kind"),
        Index(None, "urgency", "hour", "id"),
        Index(None, "kind", "urgency", "hour", "id"),
        Index("queue_rows_waiting_words", "waiting", *WORDS).ddl_if("sqlite"),
        Index("queue_rows_words", *WORDS).ddl_if("sqlite"),
        Index(
            "queue_rows_reasons",
            "reasons",
            postgresql_using="gin",
            postgresql_ops={"reasons": "jsonb_path_ops"},
        ).ddl_if("postgresql"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    head: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    urgency: Mapped[int]
    reasons: Mapped[list[Any]]
    hour: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    waiting: Mapped[bool]
    verdict: Mapped[str | None] = mapped_column(String(32))
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    claimed_until: Mapped[datetime | None]


class RowMark(Base):
    """A substance that a row is about, or a document that it quotes: what filters go by."""

    __tablename__ = "row_marks"
    __table_args__ = (
        one_of("what", ("substance", "document"), "what"),
        Index(None, "what", "value", "queue_row"),
        {"sqlite_with_rowid": False},
    )

    queue_row: Mapped[str] = mapped_column(
        String(32), ForeignKey("queue_rows.id", ondelete="CASCADE"), primary_key=True
    )
    what: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[str] = mapped_column(String(255), primary_key=True)


class PendingNotice(Base):
    """A notice that the webhook has not taken yet; without any text, and gone afterwards.

    `held_until` is until when the process that delivers it is known to live.
    """

    __tablename__ = "notices"
    __table_args__ = (one_of("event", EVENTS, "event"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    event: Mapped[str] = mapped_column(String(16))
    record: Mapped[str | None] = mapped_column(String(64))
    tries: Mapped[int]
    held_until: Mapped[datetime]
