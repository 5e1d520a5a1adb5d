"""Which rows of the queue somebody wants to see."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, exists, select, true

from bot.review.database.containing import contains, lists
from bot.review.database.tables import Account, QueueRow, Record, RowMark, Verdict, VerdictName
from bot.review.queue.sameness import folded
from bot.review.queue.urgency import Reason

__all__ = ["Filter", "StateFilter", "conditions"]

StateFilter = Literal["new", "second", "reviewed", "all"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows to list; None and `all` leave a question open.

    `state` is `new` for what somebody has to judge, a wanted second opinion included. `source` is
    the id of a document that was quoted; `reviewer` the name of an account that gave a verdict;
    `since` and `until` are days on which it was last asked, both included; `text` is looked for
    in the question, whatever its case, width, spaces and script.
    """

    kind: str | None = None
    language: str | None = None
    state: StateFilter = "new"
    reason: Reason | None = None
    substance: str | None = None
    source: str | None = None
    verdict: VerdictName | None = None
    reviewer: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None
    conversation: str | None = None


def conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """What a filter asks, but for the kind, of which the numbers are shown side by side."""
    found: list[ColumnElement[bool]] = []
    if wanted.language is not None:
        found.append(QueueRow.language == wanted.language)
    if wanted.state == "new":
        found.append(QueueRow.waiting == true())
    elif wanted.state != "all":
        found.append(QueueRow.state == wanted.state)
    if wanted.reason is not None:
        found.append(lists(QueueRow.reasons, wanted.reason))
    if wanted.substance is not None:
        found.append(marked("substance", wanted.substance))
    if wanted.source is not None:
        found.append(marked("document", wanted.source))
    return [*found, *of_verdicts(wanted), *of_time(wanted), *of_words(wanted)]


def marked(what: str, value: str) -> ColumnElement[bool]:
    """Rows about a substance, or quoting a document."""
    these = select(RowMark.queue_row).where(RowMark.what == what, RowMark.value == value)
    return QueueRow.id.in_(these)


def of_verdicts(wanted: Filter) -> list[ColumnElement[bool]]:
    """What is asked of the verdicts."""
    found: list[ColumnElement[bool]] = []
    if wanted.verdict is not None:
        found.append(QueueRow.verdict == wanted.verdict)
    if wanted.reviewer is not None:
        given = (
            select(Verdict.queue_row)
            .join(Account, Account.id == Verdict.account)
            .where(Account.name == wanted.reviewer, Verdict.withdrawn_at.is_(None))
        )
        found.append(QueueRow.id.in_(given))
    return found


def of_time(wanted: Filter) -> list[ColumnElement[bool]]:
    """What is asked of the day on which a question was last asked, in UTC."""
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(QueueRow.hour >= midnight(wanted.since))
    if wanted.until is not None and wanted.until < date.max:
        found.append(QueueRow.hour < midnight(wanted.until + timedelta(days=1)))
    return found


def midnight(day: date) -> datetime:
    """The beginning of a day in UTC."""
    return datetime.combine(day, time(), UTC)


def of_words(wanted: Filter) -> list[ColumnElement[bool]]:
    """What is asked of the question itself, and of the visitor's other questions."""
    found: list[ColumnElement[bool]] = []
    if wanted.text is not None and (words := folded(wanted.text)):
        found.append(contains(QueueRow.folded, words))
    if wanted.conversation is not None:
        same = Record.conversation == wanted.conversation, Record.queue_row == QueueRow.id
        found.append(exists().where(*same))
    return found
