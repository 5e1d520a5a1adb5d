"""What came of asking all cases, each time somebody did, and the trend over snapshots."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select

from bot.pipeline import Bot
from bot.review import audit
from bot.review.cases.asking import Result
from bot.review.database.change_tables import CaseRun
from bot.review.storage import Records

__all__ = ["Run", "kept", "runs", "trend"]

RUNS: Final = 50


@dataclass(frozen=True, slots=True)
class Run:
    """What came of asking all cases: of one snapshot, under one version of the corrections."""

    at: datetime
    snapshot: str
    overrides: int
    who: str
    results: Mapping[str, Result]

    def number(self, result: Result) -> int:
        """How many cases came out so."""
        return sum(found == result for found in self.results.values())

    @property
    def share(self) -> float | None:
        """The share of cases that got what they must, the stale ones left out."""
        asked = self.number("satisfied") + self.number("missed")
        return self.number("satisfied") / asked if asked else None


def kept(records: Records, bot: Bot, who: str, results: Mapping[str, Result]) -> Run:
    """Write a run down. Raises RecordsUnavailable."""
    run = Run(
        datetime.now(UTC), bot.ready().snapshot.id, bot.overrides().version, who, dict(results)
    )
    with records.writing() as session:
        session.add(
            CaseRun(
                at=run.at,
                snapshot=run.snapshot,
                overrides=run.overrides,
                who=who,
                results=dict(results),
                satisfied=run.number("satisfied"),
                missed=run.number("missed"),
                stale=run.number("stale"),
            )
        )
        audit.note(session, run.at, who, "cases asked", run.snapshot[:64], f"{len(results)} cases")
    return run


def runs(records: Records) -> tuple[Run, ...]:
    """The last runs, the oldest first. Raises RecordsUnavailable."""
    found = select(CaseRun).order_by(CaseRun.at.desc(), CaseRun.id.desc()).limit(RUNS)
    with records.reading() as session:
        rows = [
            Run(row.at, row.snapshot, row.overrides, row.who, row.results)
            for row in session.scalars(found)
        ]
    return tuple(reversed(rows))


def trend(all_runs: Iterable[Run]) -> tuple[Run, ...]:
    """The last run of each snapshot under each version of the corrections, the oldest first."""
    last = {(run.snapshot, run.overrides): run for run in all_runs}
    return tuple(sorted(last.values(), key=lambda run: run.at))
