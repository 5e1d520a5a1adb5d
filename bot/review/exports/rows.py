"""Records as rows, one an item, read a batch at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.review.database.tables import (
    Account,
    Feedback,
    Record,
    RecordPassage,
    ShownPassage,
    Verdict,
)
from bot.review.redaction import redact
from bot.review.storage import Records
from bot.screening.doses import mask
from bot.screening.passages import leaks

__all__ = ["COLUMNS", "Wanted", "rows"]

BATCH: Final = 500


COLUMNS: Final = (
    "id",
    "hour",
    "expires_on",
    "kind",
    "language",
    "site",
    "snapshot",
    "question",
    "triage",
    "signs",
    "substances",
    "topics",
    "passages",
    "documents",
    "gate",
    "feedback",
    "feedback_reasons",
    "feedback_note",
    "verdict",
    "verdict_by",
    "verdict_at",
    "right_passage",
    "note",
    "verdicts",
)
"""The columns of a row, one for each thing that can be asked of a record."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records: of these days, both included, and of this kind or language."""

    since: date | None = None
    until: date | None = None
    kind: str | None = None
    language: str | None = None


def rows(records: Records, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """One mapping with the keys of `COLUMNS` for each record, in the order of their ids.

    Reads a batch at a time, each in a transaction of its own, so that a long export holds
    nothing up. The ids are random: their order tells nothing. Raises RecordsUnavailable.
    """
    after = ""
    while True:
        with records.reading() as session:
            batch = read(session, wanted, after)
        yield from batch
        if len(batch) < BATCH:
            return
        after = batch[-1]["id"]


def read(session: Session, wanted: Wanted, after: str) -> list[dict[str, Any]]:
    """The next batch."""
    found = select(Record).where(Record.id > after).order_by(Record.id).limit(BATCH)
    if wanted.since:
        found = found.where(Record.hour >= datetime.combine(wanted.since, time(), UTC))
    if wanted.until:
        found = found.where(Record.hour <= datetime.combine(wanted.until, time.max, UTC))
    if wanted.kind:
        found = found.where(Record.kind == wanted.kind)
    if wanted.language:
        found = found.where(Record.language == wanted.language)
    batch = session.scalars(found).all()
    names = [record.id for record in batch]
    said = {
        row.record: row
        for row in session.scalars(select(Feedback).where(Feedback.record.in_(names)))
    }
    shown = passages_of(session, names)
    judged = verdicts_of(session, batch)
    return [
        row_of(record, said.get(record.id), shown.get(record.id, ()), judged.get(record.id, ()))
        for record in batch
    ]


def passages_of(session: Session, names: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """The ids and documents of the passages that records cite."""
    cited = (
        select(RecordPassage.record, ShownPassage.content)
        .join(ShownPassage, ShownPassage.hash == RecordPassage.hash)
        .where(RecordPassage.record.in_(names))
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for record, content in session.execute(cited):
        place = (content["id"], content["citation"]["document"])
        found.setdefault(record, []).append(place)
    return {record: sorted(set(places)) for record, places in found.items()}


def verdicts_of(session: Session, batch: Sequence[Record]) -> dict[str, list[tuple[Verdict, str]]]:
    """The verdicts on records with who gave them, the earliest first.

    A verdict is on a line of the queue, and so on every record of that line.
    """
    lines: dict[str, list[str]] = {}
    for each in batch:
        if each.queue_row:
            lines.setdefault(each.queue_row, []).append(each.id)
    given = (
        select(Verdict, Account.name)
        .join(Account, Account.id == Verdict.account)
        .where(Verdict.queue_row.in_(lines))
        .order_by(Verdict.given_at, Verdict.id)
    )
    found: dict[str, list[tuple[Verdict, str]]] = {}
    for verdict, name in session.execute(given):
        for record in lines[str(verdict.queue_row)]:
            found.setdefault(record, []).append((verdict, name))
    return found


def row_of(
    record: Record,
    said: Feedback | None,
    shown: Sequence[tuple[str, str]],
    given: Sequence[tuple[Verdict, str]],
) -> dict[str, Any]:
    """One record as a row; words that people wrote are redacted once more and screened."""
    current, by = next(((each, name) for each, name in given if each.current), (None, None))
    return {
        "id": record.id,
        "hour": record.hour.isoformat(),
        "expires_on": record.expires_on.isoformat(),
        "kind": record.kind,
        "language": record.language,
        "site": record.site,
        "snapshot": record.snapshot,
        "question": clean(record.question),
        "triage": record.triage.get("kind"),
        "signs": record.triage.get("signs", []),
        "substances": record.triage.get("substances", []),
        "topics": record.triage.get("topics", []),
        "passages": [name for name, _ in shown],
        "documents": sorted({screened(document) for _, document in shown}),
        "gate": record.gate,
        "feedback": said.verdict if said else None,
        "feedback_reasons": said.reasons if said else [],
        "feedback_note": clean(said.note) if said and said.note else None,
        "verdict": current.verdict if current else None,
        "verdict_by": by,
        "verdict_at": current.given_at.isoformat() if current else None,
        "right_passage": current.passage if current else None,
        "note": clean(current.note) if current and current.note else None,
        "verdicts": [
            {"by": name, "verdict": each.verdict, "at": each.given_at.isoformat()}
            for each, name in given
        ],
    }


def clean(words: str) -> str:
    """Words that somebody typed, without personal data and without amounts."""
    return screened(redact(words))


def screened(words: str) -> str:
    """Words with a mark for each amount: a file that is handed on must not tell one either."""
    return mask(words, leaks(words)).text
