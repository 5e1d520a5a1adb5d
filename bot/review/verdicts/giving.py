"""Verdicts on rows of the queue: all are kept, at most one is current, the state follows.

A verdict is given on the record that was looked at and holds for its whole row. That one at
most is current is enforced by the database (`one_current_verdict_a_row`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, cast, get_args

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.review import audit
from bot.review.database.tables import Account, QueueRow, Record, Verdict, VerdictName
from bot.review.redaction import storable
from bot.review.storage import Records

__all__ = [
    "Given",
    "Opinion",
    "Outcome",
    "State",
    "give",
    "history",
    "settle",
    "state",
    "written",
]

NOTE: Final = 2000
State = Literal["open", "second", "reviewed", "gone"]
Outcome = Literal["saved", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a moderator says: a verdict, a note, the right passage, whether another must look."""

    verdict: VerdictName
    note: str | None = None
    passage: str | None = None
    document: str | None = None
    second: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict that was given; `note` is None once the record it speaks of is gone."""

    id: int
    verdict: VerdictName
    note: str | None
    by: str
    at: datetime
    current: bool
    passage: str | None = None
    document: str | None = None
    second: bool = False
    withdrawn: bool = False


def state(verdicts: Sequence[Given], there: bool = True) -> State:
    """The state of a row: gone once its text is deleted, else as the current verdict has it."""
    if not there:
        return "gone"
    current = next((given for given in verdicts if given.current), None)
    if current is None:
        return "open"
    return "second" if current.second else "reviewed"


def give(
    records: Records, record: str, account: int, opinion: Opinion, seen: int | None
) -> Outcome:
    """Make `opinion` the current verdict on the row of a record.

    `seen` is the id of the verdict that was current when the moderator opened the record, None
    if there was none: where somebody else has judged meanwhile, nothing is written and the
    outcome is `changed`. Raises ValueError for no such verdict, RecordsUnavailable.
    """
    if opinion.verdict not in get_args(VerdictName):
        raise ValueError("there is no such verdict")
    try:
        with records.writing() as session:
            return written(session, record, account, opinion, seen)
    except IntegrityError:
        # The database let one of two through that came at the same moment.
        return "changed"


def written(
    session: Session,
    record: str,
    account: int,
    opinion: Opinion,
    seen: int | None,
    batch: str | None = None,
) -> Outcome:
    """Write a verdict in the transaction of `session`; `batch` joins those given at once."""
    judged = session.get(Record, record)
    # Whoever judges the same row waits here until this verdict is written or refused.
    row = session.get(QueueRow, judged.queue_row, with_for_update=True) if judged else None
    if judged is None or row is None:
        return "gone"
    mine = Verdict.queue_row == row.id, Verdict.current
    if session.scalar(select(Verdict.id).where(*mine)) != seen:
        return "changed"
    session.execute(update(Verdict).where(*mine).values(current=False))
    now = datetime.now(UTC)
    given = Verdict(
        record=record,
        queue_row=row.id,
        account=account,
        verdict=opinion.verdict,
        note=storable(opinion.note).strip()[:NOTE] or None if opinion.note else None,
        passage=opinion.passage,
        document=opinion.document,
        second=opinion.second,
        given_at=now,
        current=True,
        kind=judged.kind,
        language=judged.language,
        snapshot=judged.snapshot,
        batch=batch,
    )
    session.add(given)
    session.flush()
    settle(row, given)
    by = session.get_one(Account, account).name
    audit.note(session, now, by, "verdict", record, opinion.verdict)
    return "saved"


def settle(row: QueueRow, current: Verdict | None) -> None:
    """Let a row follow from the verdict that holds now; whoever was at it is done."""
    row.verdict = current.verdict if current else None
    row.state = "open" if current is None else "second" if current.second else "reviewed"
    row.waiting = row.state != "reviewed"
    row.claimed_by = row.claimed_until = None


def history(session: Session, record: str, row: str | None = None) -> tuple[Given, ...]:
    """All verdicts on a record, or on its whole row where that is there, the latest first."""
    whose = Verdict.record == record if row is None else Verdict.queue_row == row
    found = (
        select(Verdict, Account.name)
        .join(Account, Account.id == Verdict.account)
        .where(whose)
        .order_by(Verdict.given_at.desc(), Verdict.id.desc())
    )
    return tuple(
        Given(
            id=each.id,
            verdict=cast(VerdictName, each.verdict),
            note=each.note,
            by=name,
            at=each.given_at,
            current=each.current,
            passage=each.passage,
            document=each.document,
            second=each.second,
            withdrawn=each.withdrawn_at is not None,
        )
        for each, name in session.execute(found)
    )
