"""Verdicts on records: all are kept, at most one is current, and the state follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, cast, get_args

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.review import audit
from bot.review.records import Records
from bot.review.redaction import storable
from bot.review.tables import Account, Record, Verdict, VerdictName

__all__ = ["Given", "Outcome", "State", "give", "history", "state"]

NOTE: Final = 2000
State = Literal["new", "reviewed", "gone"]
Outcome = Literal["saved", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict that was given; `note` is None once the record it speaks of is gone."""

    id: int
    verdict: VerdictName
    note: str | None
    by: str
    at: datetime
    current: bool


def state(verdicts: Sequence[Given], there: bool = True) -> State:
    """The state of a record: gone once its text is deleted, else by whether one is current."""
    if not there:
        return "gone"
    return "reviewed" if any(given.current for given in verdicts) else "new"


def give(
    records: Records,
    record: str,
    account: int,
    verdict: VerdictName,
    note: str | None,
    seen: int | None,
) -> Outcome:
    """Make `verdict` the current one of a record.

    `seen` is the id of the verdict that was current when the moderator opened the record, None
    if there was none: where somebody else has judged meanwhile, nothing is written and the
    outcome is `changed`. Raises ValueError for no such verdict, RecordsUnavailable.
    """
    if verdict not in get_args(VerdictName):
        raise ValueError("there is no such verdict")
    try:
        with records.writing() as session:
            return written(session, record, account, verdict, note, seen)
    except IntegrityError:
        # The database let one of two through that came at the same moment.
        return "changed"


def written(
    session: Session,
    record: str,
    account: int,
    verdict: VerdictName,
    note: str | None,
    seen: int | None,
) -> Outcome:
    """Write a verdict in the transaction of `session`."""
    # Whoever judges the same record waits here until this verdict is written or refused.
    judged = session.get(Record, record, with_for_update=True)
    if judged is None:
        return "gone"
    mine = Verdict.record == record, Verdict.current
    if session.scalar(select(Verdict.id).where(*mine)) != seen:
        return "changed"
    session.execute(update(Verdict).where(*mine).values(current=False))
    now = datetime.now(UTC)
    session.add(
        Verdict(
            record=record,
            account=account,
            verdict=verdict,
            note=storable(note).strip()[:NOTE] or None if note else None,
            given_at=now,
            current=True,
            kind=judged.kind,
            language=judged.language,
            snapshot=judged.snapshot,
        )
    )
    by = session.get_one(Account, account).name
    audit.note(session, now, by, "verdict", record, verdict)
    return "saved"


def history(session: Session, record: str) -> tuple[Given, ...]:
    """All verdicts on a record, the latest first."""
    found = (
        select(Verdict, Account.name)
        .join(Account, Account.id == Verdict.account)
        .where(Verdict.record == record)
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
        )
        for each, name in session.execute(found)
    )
