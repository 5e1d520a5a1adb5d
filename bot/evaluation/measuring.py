"""Measuring question sets of either form, arm by arm."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.answering.quoting import shown
from bot.evaluation.arms import cases_of, run_arms, run_cases
from bot.evaluation.cases import Case, Outcome
from bot.evaluation.figures import Row, report_of
from bot.evaluation.rows import read_cases
from bot.pipeline import Bot
from embeddings.beir import Collection, index, read_collection
from embeddings.build import Content, build
from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot

__all__ = ["Measured", "QuestionSet", "measure_cases", "measure_collection", "read_set", "reencode"]

Progress = Callable[[int, int], None]
Bar = Callable[[str], AbstractContextManager[Progress]]
QuestionSet = Collection | list[Case]


@dataclass(frozen=True)
class Measured:
    """What one arm with one model did on one set of questions."""

    questions: str
    model: str
    arm: str
    outcomes: Sequence[Outcome]
    unreachable: Sequence[str] = ()

    @cached_property
    def rows(self) -> Sequence[Row]:
        """Return the figures, for all questions and by language and group."""
        return report_of(self.arm, self.outcomes)

    def as_json(self) -> dict[str, Any]:
        """Return plain values: the figures, and what each question got."""
        return {
            "set": self.questions,
            "model": self.model,
            "arm": self.arm,
            "rows": [row.as_json() for row in self.rows],
            "unreachable": list(self.unreachable),
            "outcomes": [
                {"id": o.case.id, "rank": o.rank, "page": o.page, "kind": o.kind}
                for o in self.outcomes
            ],
        }


def read_set(path: Path) -> QuestionSet:
    """Read a BEIR folder or a file of gold rows; raises QuestionsInvalid."""
    return read_collection(path) if path.is_dir() else read_cases(path)


def measure_collection(
    collection: Collection, encoder: Encoder, arms: Sequence[str], bar: Bar
) -> list[Measured]:
    """Measure the arms over the corpus that a BEIR set brings along.

    `full` is left out: it answers about drugs, from documents that were labelled and screened.
    """
    with bar(f"{collection.name}: passages") as moved:
        snapshot = index(collection, encoder, moved)
    return ranked_by(collection.name, cases_of(collection), snapshot, encoder, arms, bar)


def measure_cases(
    name: str,
    cases: Sequence[Case],
    bot: Bot,
    arms: Sequence[str],
    bar: Bar,
    *,
    present: bool = False,
) -> list[Measured]:
    """Measure the arms over the live snapshot of a bot.

    Where only what is `present` is asked, questions whose right passage it lacks are left out.
    """
    ready = bot.ready()
    if present:
        absent = {*unreachable(cases, ready.snapshot)}
        cases = [case for case in cases if case.id not in absent]
    found = ranked_by(name, cases, ready.snapshot, ready.encoder, arms, bar)
    if "full" in arms:
        with bar(f"{name}: full") as moved:
            outcomes = run_cases(bot, cases, moved)
        lost = unreachable(cases, ready.snapshot)
        found.append(Measured(name, ready.encoder.name, "full", outcomes, lost))
    return found


def ranked_by(
    name: str,
    cases: Sequence[Case],
    snapshot: Snapshot,
    encoder: Encoder,
    arms: Sequence[str],
    bar: Bar,
) -> list[Measured]:
    """Measure the arms that need no more than a snapshot."""
    wanted = [arm for arm in arms if arm != "full"]
    if not wanted:
        return []
    with bar(f"{name}: questions") as moved:
        found = run_arms(wanted, snapshot, encoder, cases, moved)
    lost = unreachable(cases, snapshot)
    return [Measured(name, encoder.name, arm, those, lost) for arm, those in found.items()]


def unreachable(cases: Sequence[Case], snapshot: Snapshot) -> list[str]:
    """Return the ids of cases of which no passage is right: no ranking could find one."""
    return [case.id for case in cases if case.answerable and not case.reachable(snapshot)]


def reencode(
    snapshot: Snapshot, encoder: Encoder, data: Path, progress: Progress | None = None
) -> None:
    """Build the same passages with another model, as a snapshot of its own in `data`."""
    facts: Mapping[str, Any] = {"screening": snapshot.manifest.get("screening")}
    content = Content(
        documents=list(snapshot.documents.values()),
        passages=snapshot.passages,
        withheld=snapshot.withheld,
        shown=[shown(passage).text for passage in snapshot.passages],
        facts=facts,
        origin=snapshot.manifest.get("origin", {}),
        report={},
        glossary=snapshot.glossary,
    )
    build(data, content, encoder, progress)
