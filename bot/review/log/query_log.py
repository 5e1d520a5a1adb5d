"""The log of questions: what a site's owner said may be kept, and nothing else.

Never raises and never waits for the database, for an answer matters more than its record.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from bot.answer import Answer
from bot.review.database.tables import Record
from bot.review.log.entries import CountEntry, count_of, feedback_of, record_of
from bot.review.log.spill import Spill
from bot.review.log.writer import Writer
from bot.review.notices.notifier import Notice, Notifier
from bot.review.storage import Records
from bot.trace import Trace
from embeddings.errors import RecordsUnavailable

__all__ = ["Mode", "QueryLog"]

Mode = Literal["redacted", "counts", "off"]
RECENT: Final = 4096
PURGE_SECONDS: Final = 3600.0

logger = logging.getLogger("safepassage.review")


def present() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


class QueryLog:
    """Keeps one record an answer in `records`, for `retention_days` or as its kind has it.

    `mode` is what is kept of a question: its text without personal data, a count, nothing.
    `spill` is the file for what cannot be written yet. Danger, failures of the gate and
    visitors' verdicts are on disk before the call returns; the rest within half a second.
    """

    def __init__(
        self,
        records: Records,
        *,
        mode: Mode,
        retention_days: int,
        spill: Path,
        days_by_kind: Mapping[str, int] | None = None,
        conversations: bool = False,
        notifier: Notifier | None = None,
        clock: Callable[[], datetime] = present,
        purge_seconds: float = PURGE_SECONDS,
    ) -> None:
        self.records, self.mode, self.clock = records, mode, clock
        self.retention_days, self.days_by_kind = retention_days, dict(days_by_kind or {})
        self.conversations = conversations
        self.notifier = notifier or Notifier(None)
        self.recent: OrderedDict[str, int] = OrderedDict()
        self.writer = Writer(records, Spill(spill), clock, purge_seconds)

    def record(
        self,
        question: str,
        answer: Answer,
        trace: Trace,
        *,
        site: str | None = None,
        keep: bool = True,
        conversation: str | None = None,
    ) -> None:
        """Log an answer; `keep` false, or `trace.keep` false, leaves only the count of it.

        `conversation` is what the visitor's tab calls itself; where `conversations` is false it
        is dropped. Redacts before anything leaves this call. Never raises.
        """
        try:
            kept = self.mode == "redacted" and keep and trace.keep
            self.notify(answer, trace, kept)
            if self.mode == "off":
                return
            if not kept:
                self.writer.put(count_of(answer, self.clock()))
            else:
                tab = conversation if self.conversations else None
                self.keep(question, answer, trace, site, tab)
        except Exception as error:
            logger.error("an answer could not be logged: %s", type(error).__name__)

    def notify(self, answer: Answer, trace: Trace, kept: bool) -> None:
        """Tell the site's owner of danger and of a failure of the gate, without any text."""
        record = answer.id if kept else None
        if answer.kind == "emergency" or answer.kind == "crisis":
            self.notifier.tell(Notice(answer.kind, record))
        if trace.gate:
            self.notifier.tell(Notice("gate", record))

    def keep(
        self, question: str, answer: Answer, trace: Trace, site: str | None, tab: str | None
    ) -> None:
        """Make the record and hand it over."""
        days = self.days_by_kind.get(answer.kind, self.retention_days)
        entry = record_of(question, answer, trace, site, self.clock(), days, tab)
        self.remember(entry.id, days)
        hand_over = self.writer.put_surely if entry.pressing else self.writer.put
        hand_over(entry)

    def feedback(
        self,
        answer_id: str,
        verdict: Literal["up", "down"],
        reasons: tuple[str, ...] = (),
        note: str | None = None,
    ) -> bool:
        """Keep a visitor's verdict; the last one wins. Never raises.

        False where the answer was not logged and the verdict is only counted. While the
        database is away that cannot be known: True then, and it is settled later.
        """
        if self.mode == "off":
            return False
        try:
            now = self.clock()
            if self.mode == "counts" or not self.logged(answer_id):
                self.writer.put(CountEntry(day=now.astimezone(UTC).date(), event=verdict))
                return False
            days = self.recent.get(answer_id, self.retention_days)
            self.writer.put_surely(feedback_of(answer_id, verdict, reasons, note, now, days))
            return True
        except Exception as error:
            logger.error("a visitor's verdict could not be logged: %s", type(error).__name__)
            return False

    def logged(self, answer_id: str) -> bool:
        """Whether there is, or may be, a record of this answer."""
        if answer_id in self.recent or self.writer.away:
            return True
        try:
            with self.records.reading() as session:
                return session.get(Record, answer_id[:64]) is not None
        except RecordsUnavailable:
            return True

    def remember(self, answer_id: str, days: int) -> None:
        """Remember that an answer was logged: it may be judged before it is in the database."""
        self.recent[answer_id] = days
        while len(self.recent) > RECENT:
            self.recent.popitem(last=False)

    def flush(self, seconds: float = 10.0) -> bool:
        """Wait until all is in the database or on disk; False if that took longer."""
        return self.writer.flush(seconds)

    def close(self) -> None:
        """Write what is left and stop."""
        self.writer.close()
        self.notifier.close()

    def __enter__(self) -> Self:
        """The log itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()
