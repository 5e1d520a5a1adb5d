"""How well the queue's reasons `low_margin` and `doubted` point at what was wrong.

    python -m benchmarks.reasons --data DIR --gold QUESTIONS.jsonl [--gold …]
        [--declined ROWS.jsonl …] [--honest BEIR …]

DIR holds an index of the documents that the gold questions are about. `--declined` are rows
`{query, must}`, `--honest` folders in BEIR's layout whose questions ask for nothing that has to be
declined. Prints for each threshold how many answers, or declines, a reason points at, and how many
of those and of the others were wrong. The last line of each table is the threshold in force.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from bot.evaluation import read_cases, read_rows
from bot.pipeline import Bot, Question
from bot.question.reading import read
from bot.review.log.doubt import likeness_of
from bot.review.queue import urgency
from bot.substances.naming import curated
from embeddings.library import Library
from web.server.model import Model

MARGINS: Final = (0.02, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35)
DOUBTS: Final = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
DECLINES: Final = {"dosing": "dose_declined", "how_to": "how_to_declined"}
TO_DECLINE: Final = ("decline_dose", "decline_how_to")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with passages: what was weighed, and what was wrong with it."""

    candidates: tuple[Mapping[str, Any], ...]
    first_wrong: bool
    none_right: bool


@dataclass(frozen=True, slots=True)
class Declined:
    """A question that was declined: what triage saw, and whether it ought not to have been."""

    kind: str
    triage: Mapping[str, Any]
    wrong: bool


def answers(bot: Bot, path: Path) -> Iterator[Answered]:
    """Every question of a file that was answered with passages of this index."""
    for case in read_cases(path):
        shown, trace = bot.consider(Question(case.query, history=case.history))
        snapshot = bot.ready().snapshot
        if shown.kind != "answer" or not (case.reachable(snapshot) or not case.answerable):
            continue
        right = [case.answerable and case.finder(snapshot)(each.id) for each in shown.passages]
        if right:
            weighed = tuple(asdict(each) for each in trace.candidates)
            yield Answered(weighed, not right[0], not any(right))


def declines(question: str, must: str) -> Iterator[Declined]:
    """The question, if triage declines it."""
    seen = read(Question(question), curated()).seen
    if seen.kind in DECLINES:
        kind = DECLINES[seen.kind]
        kept = {"signs": seen.signs, "likeness": likeness_of(question, kind)}  # type: ignore[arg-type]
        yield Declined(kind, kept, must not in TO_DECLINE)


def honest(folder: Path) -> Iterator[str]:
    """The different questions of a folder in BEIR's layout."""
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    yield from dict.fromkeys(json.loads(line)["text"] for line in lines)


def pointed(
    rows: Sequence[Any], flagged: Callable[[Any], bool], wrong: Callable[[Any], bool]
) -> str:
    """How many a reason points at, with the wrong ones among them and among the others."""
    there = [wrong(each) for each in rows if flagged(each)]
    rest = [wrong(each) for each in rows if not flagged(each)]
    shares = (f"{sum(some)} of {len(some)}" for some in (there, rest))
    return " | ".join(shares)


def margins(name: str, rows: Sequence[Answered]) -> None:
    """Print the table of `low_margin`."""
    print(f"\n{name}: {len(rows)} answers\n")
    print("| margin under | first wrong: pointed at | others | none right: pointed at | others |")
    print("|---|---|---|---|---|")
    for margin in (*MARGINS, urgency.NARROW):

        def close(each: Answered, margin: float = margin) -> bool:
            return urgency.narrow(each.candidates, margin)

        first = pointed(rows, close, lambda each: each.first_wrong)
        print(f"| {margin} | {first} | {pointed(rows, close, lambda each: each.none_right)} |")


def doubts(rows: Sequence[Declined]) -> None:
    """Print the table of `doubted`."""
    print(f"\n{len(rows)} declined\n")
    print("| likeness under | wrong: pointed at | others |\n|---|---|---|")
    for doubt in (*DOUBTS, urgency.DOUBT):

        def doubted(each: Declined, doubt: float = doubt) -> bool:
            return urgency.doubted(each.kind, each.triage, doubt)

        print(f"| {doubt} | {pointed(rows, doubted, lambda each: each.wrong)} |")


def main() -> None:
    """Ask, count, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, action="append", required=True)
    parser.add_argument("--declined", type=Path, action="append", default=[])
    parser.add_argument("--honest", type=Path, action="append", default=[])
    options = parser.parse_args()
    bot = Bot(Library(options.data), Model())
    for path in options.gold:
        margins(path.stem, list(answers(bot, path)))
    asked = [(row["query"], row["must"]) for path in options.declined for row in read_rows(path)]
    asked += [(question, "answer") for folder in options.honest for question in honest(folder)]
    doubts([each for question, must in asked for each in declines(question, must)])


if __name__ == "__main__":
    main()
