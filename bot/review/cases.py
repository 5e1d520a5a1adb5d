"""The cases of moderators: questions with what is right for them, asked again of every snapshot.

A case is a change of its own kind (`bot.review.overrides`), so that it has versions, an author
and a way back. Its passages are found again by their words where their ids have changed; where
nothing stands for them any more the case is stale, which is no miss.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from pydantic import ValidationError
from sqlalchemy import select

from bot.evaluation import Case, run_cases
from bot.evaluation.cases import Gold
from bot.fingerprints import best_match, reference
from bot.pipeline import Bot
from bot.quoting import hidden
from bot.review import audit
from bot.review.database.override_tables import CaseRun
from bot.review.overrides.checks import check
from bot.review.overrides.payloads import CasePayload, PassagePayload
from bot.review.overrides.versions import Version, listed, propose
from bot.review.records import Records
from bot.review.redaction import redact
from embeddings.documents import Passage
from embeddings.errors import ChangeInvalid
from embeddings.language import detect
from embeddings.snapshot import Snapshot

__all__ = [
    "Result",
    "Run",
    "active_cases",
    "ask_all",
    "case_of",
    "exported",
    "import_lines",
    "kept",
    "passage_payload",
    "runs",
    "trend",
]

Result = Literal["satisfied", "missed", "stale"]
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


def passage_payload(passage: Passage, snapshot: Snapshot) -> PassagePayload:
    """A passage as a change names it, with a label that tells no amount."""
    ref = reference(passage)
    title = snapshot.documents[passage.document].title
    label = " · ".join(hidden(part) for part in (title, *passage.section))
    return PassagePayload(
        id=ref.id,
        content=ref.content,
        sentences=ref.sentences,
        document=ref.document,
        label=label[:1000],
    )


def active_cases(records: Records) -> tuple[tuple[str, CasePayload], ...]:
    """The cases in force with their ids, the oldest first. Raises RecordsUnavailable."""
    rows = reversed(listed(records, ("case",), ("active",)))
    found = ((row.id, row.payload) for row in rows if readable(row))
    return tuple((name, case) for name, case in found if isinstance(case, CasePayload))


def readable(row: Version) -> bool:
    """Whether this release can follow a payload."""
    try:
        return bool(row.payload)
    except ValidationError:
        return False


def case_of(name: str, payload: CasePayload, snapshot: Snapshot) -> Case | None:
    """A case as it is asked of a snapshot; None where its passages are all gone."""
    found = {best_match(snapshot, each.ref) for each in payload.passages} - {None}
    if payload.passages and not found:
        return None
    return Case(
        id=name,
        query=payload.question,
        language=payload.language or detect(payload.question)[:2],
        passages=frozenset(each for each in found if each),
        kinds=frozenset([payload.answer] if payload.answer else ()),
        answerable=payload.answerable,
    )


def ask_all(
    bot: Bot,
    named: Iterable[tuple[str, CasePayload]],
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Result]:
    """Ask every case of the live snapshot. Raises as `Bot.ask`."""
    snapshot = bot.ready().snapshot
    known = [(name, case_of(name, payload, snapshot)) for name, payload in named]
    outcomes = run_cases(bot, [case for _, case in known if case is not None], progress)
    results: dict[str, Result] = {name: "stale" for name, case in known if case is None}
    results |= {each.case.id: "satisfied" if each.satisfied else "missed" for each in outcomes}
    return results


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


def exported(records: Records) -> Iterator[str]:
    """The cases as JSON lines that `import_lines` reads. Raises RecordsUnavailable."""
    for name, payload in active_cases(records):
        row = {"id": name, **payload.model_dump(mode="json", exclude_defaults=True)}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def import_lines(
    records: Records, lines: Iterable[str], who: str, snapshot: Snapshot
) -> tuple[int, list[str]]:
    """Add the cases of JSON lines that are not there yet; how many, and what was wrong with others.

    A line is one that `exported` wrote, or a gold row of an evaluation set (`bot.evaluation`),
    whose right passage is looked up by its words. Personal data is taken out first.
    Raises RecordsUnavailable.
    """
    there = {(case.question, case.answer) for _, case in active_cases(records)}
    added, wrong = 0, []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            payload = read(json.loads(line), snapshot)
            check(payload)
        except (ValueError, KeyError, TypeError, AttributeError, ChangeInvalid) as error:
            why = str(error) if isinstance(error, ChangeInvalid) else type(error).__name__
            wrong.append(f"{number}: {why}")
            continue
        if (payload.question, payload.answer) not in there:
            there.add((payload.question, payload.answer))
            propose(records, who, payload)
            added += 1
    return added, wrong


def read(row: Mapping[str, Any], snapshot: Snapshot) -> CasePayload:
    """One line as a case. Raises ValueError, KeyError or TypeError for what is none."""
    if "query" not in row:
        values = {key: value for key, value in row.items() if key != "id"}
        payload = CasePayload.model_validate(values)
        return payload.model_copy(update={"question": redact(payload.question)})
    gold = tuple(Gold(each["doc"], each["must_contain"]) for each in row.get("gold", ()))
    right = Case(id="", query="", gold=gold).finder(snapshot)
    found = [
        passage
        for each in gold
        for passage in snapshot.of_document.get(each.document, ())
        if right(passage.id)
    ]
    if gold and not found:
        raise ChangeInvalid("case_stale", "no passage of the documents holds the gold run")
    unique = {passage.id: passage for passage in found}
    return CasePayload(
        question=redact(row["query"]),
        language=row.get("lang", ""),
        passages=tuple(passage_payload(each, snapshot) for each in unique.values())[:10],
        answerable=row.get("answerable", True),
    )
