"""What happened by day: how much was asked, what was answered, what was judged and how soon.

The numbers of answers and of visitors' verdicts come from the daily counts, which outlive the
questions; what was reviewed, and how soon, from the records that are still there. A number from
one to four is told nowhere, nor any share of fewer than five.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.review.database.tables import Count, QueueRow, Record, Verdict
from bot.review.statistics.suppression import LEAST, suppressed
from bot.review.storage import Records

__all__ = ["DAYS", "Day", "Statistics", "statistics"]

DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Day:
    """One day. None stands for what is not told because fewer than five people made it.

    `not_found`, `helpful` and `reviewed` are shares of the answers, of the visitors' verdicts
    and of the records kept; `hours` is the median time from a question to its verdict.
    """

    day: date
    answers: int | None
    not_found: float | None
    up: int | None
    down: int | None
    helpful: float | None
    reviewed: float | None
    hours: float | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """All days of a period in their order, and the sums by kind and by language."""

    days: tuple[Day, ...]
    kinds: Mapping[str, int | None]
    languages: Mapping[str, int | None]
    answers: int | None


def statistics(records: Records, until: date, days: int = DAYS) -> Statistics:
    """The days up to `until`, it included. Raises RecordsUnavailable."""
    period = [until - timedelta(days=back) for back in reversed(range(days))]
    with records.reading() as session:
        counted = session.execute(
            select(Count.day, Count.event, Count.kind, Count.language, Count.number).where(
                Count.day >= period[0], Count.day <= until
            )
        ).all()
        kept, reviewed = by_review(session, period[0])
        waits = waiting(session, period[0])
    events: Counter[tuple[date, str]] = Counter()
    kinds: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for row in counted:
        events[row.day, row.event] += row.number
        if row.event == "answer":
            kinds[row.kind] += row.number
            languages[row.language] += row.number
            events[row.day, f"kind {row.kind}"] += row.number
    return Statistics(
        days=tuple(one(day, events, kept[day], reviewed[day], waits[day]) for day in period),
        kinds={name: suppressed(number) for name, number in kinds.most_common()},
        languages={name: suppressed(number) for name, number in languages.most_common()},
        answers=suppressed(kinds.total()),
    )


def one(
    day: date,
    events: Mapping[tuple[date, str], int],
    kept: int,
    reviewed: int,
    waits: Iterable[float],
) -> Day:
    """One day out of its counts."""
    answers, up, down = (events.get((day, event), 0) for event in ("answer", "up", "down"))
    hours = list(waits)
    return Day(
        day=day,
        answers=suppressed(answers),
        not_found=share(events.get((day, "kind not_found"), 0), answers),
        up=suppressed(up),
        down=suppressed(down),
        helpful=share(up, up + down),
        reviewed=share(reviewed, kept),
        hours=round(median(hours), 1) if len(hours) >= LEAST else None,
    )


def share(part: int, whole: int) -> float | None:
    """A share of at least five; None where the part or the rest would tell of fewer."""
    if whole < LEAST or suppressed(part) is None or suppressed(whole - part) is None:
        return None
    return part / whole


def by_review(session: Session, since: date) -> tuple[Counter[date], Counter[date]]:
    """How many records of each day are kept, and how many of them are judged."""
    kept: Counter[date] = Counter()
    reviewed: Counter[date] = Counter()
    found = (
        select(Record.hour, QueueRow.state, func.count())
        .join(QueueRow, QueueRow.id == Record.queue_row, isouter=True)
        .where(Record.hour >= datetime.combine(since, time(), UTC))
        .group_by(Record.hour, QueueRow.state)
    )
    for hour, state, number in session.execute(found):
        kept[hour.date()] += number
        reviewed[hour.date()] += number * (state == "reviewed")
    return kept, reviewed


def waiting(session: Session, since: date) -> defaultdict[date, list[float]]:
    """For each day, the hours that its questions waited for their first verdict."""
    first = select(Verdict.record, func.min(Verdict.given_at).label("at")).group_by(Verdict.record)
    given = first.subquery()
    found = (
        select(Record.hour, given.c.at)
        .join(given, given.c.record == Record.id)
        .where(Record.hour >= datetime.combine(since, time(), UTC))
    )
    waits: defaultdict[date, list[float]] = defaultdict(list)
    for hour, at in session.execute(found):
        aware = at if at.tzinfo else at.replace(tzinfo=UTC)
        waits[hour.date()].append(max(0.0, (aware - hour).total_seconds() / 3600))
    return waits
