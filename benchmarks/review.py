"""How fast the moderators' queue opens over many records.

    python -m benchmarks.review [--records 100000] [--url postgresql://…] [--plans]

Without an address a SQLite file is made in a temporary directory. The database has to be empty;
nothing is deleted at the end. Prints a table of medians and of the slowest of ten, and with
`--plans` what the database says about how it finds the first page.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.review.accounts import add
from bot.review.filters import Filter
from bot.review.marks import marks
from bot.review.progress import progress
from bot.review.queue import PAGE, listed, neighbours, page
from bot.review.records import Records
from bot.review.sameness import folded
from bot.review.urgency import urgency
from bot.review.viewing import view

BATCH: Final = 2000
ROUNDS: Final = 10
KINDS: Final = (
    ("answer", 60), ("not_found", 15), ("dose_declined", 8), ("emergency", 2), ("crisis", 3),
    ("clarify", 3), ("greeting", 6), ("off_topic", 3),
)  # fmt: skip
REASONS: Final = {"emergency": "emergency", "crisis": "crisis", "not_found": "not_found"}
SUBSTANCES: Final = tuple(f"substance-{number}" for number in range(80))
DOCUMENTS: Final = tuple(f"wiki/page-{number}.md" for number in range(300))
WORDS: Final = (
    "氯胺酮", "副作用", "是什么", "会不会", "上瘾", "一起", "酒", "昨天", "晚上", "朋友", "怎么办",
)  # fmt: skip


def rows(number: int, dice: random.Random) -> Iterator[dict[str, Any]]:
    """Made-up rows of the queue: four in five are asked once, a fifth is judged."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    for each in count():
        if number <= 0:
            return
        times = min(number, 1 if dice.random() < 0.8 else dice.randint(2, 8))
        number -= times
        [kind] = dice.choices([name for name, _ in KINDS], [share for _, share in KINDS])
        why = [REASONS[kind]] if kind in REASONS else []
        why += ["thumbs_down"] if dice.random() < 0.03 else []
        question = "".join(dice.choices(WORDS, k=dice.randint(3, 9))) + f" {each}？"
        judged = dice.random() < 0.2
        yield {
            "id": f"{each:032x}",
            "key": f"{each:064x}",
            "head": f"r{each}-0",
            "number": times,
            "urgency": urgency(why),
            "reasons": json.dumps(why),
            "hour": str(now - timedelta(hours=dice.randint(0, 24 * 29))),
            "kind": kind,
            "language": dice.choice(("zh-Hans", "zh-Hans", "zh-Hant", "en")),
            "question": question,
            "folded": folded(question),
            "state": "reviewed" if judged else "open",
            "waiting": not judged,
            "verdict": "right" if judged else None,
        }


def fill(records: Records, number: int) -> None:
    """Write that many records, each with an answer of a usual size, past the log's own way."""
    dice = random.Random(7)
    made = rows(number, dice)
    while batch := list(islice(made, BATCH)):
        with records.writing() as session:
            put(session, "queue_rows", batch)
            put(session, "row_marks", [mark for row in batch for mark in about(row, dice)])
            put(session, "records", [record for row in batch for record in asked(row)])
            put(session, "verdicts", [verdict(row) for row in batch if row["verdict"]])
    with records.bare() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()


def put(session: Session, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows whose values are as both databases take them."""
    names = list(rows[0])
    places = ", ".join(f":{name}" for name in names)
    session.execute(text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"), rows)


def about(row: dict[str, Any], dice: random.Random) -> Iterator[dict[str, Any]]:
    """What a row is about."""
    yield {"queue_row": row["id"], "what": "substance", "value": dice.choice(SUBSTANCES)}
    for document in dice.sample(DOCUMENTS, 2):
        yield {"queue_row": row["id"], "what": "document", "value": document}


def asked(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The records of a row."""
    place = row["id"].lstrip("0") or "0"
    for each in range(row["number"]):
        same = ("hour", "urgency", "kind", "language", "question", "reasons")
        yield {name: row[name] for name in same} | {
            "id": f"r{int(place, 16)}-{each}",
            "expires_on": "2999-01-01",
            "site": "https://site.example",
            "snapshot": "snapshot",
            "triage": TRIAGE,
            "answer": ANSWER % (row["kind"], row["language"]),
            "candidates": CANDIDATES,
            "gate": "[]",
            "milliseconds": "{}",
            "queue_row": row["id"],
        }


TRIAGE: Final = '{"kind": "information", "signs": [], "substances": [], "topics": []}'
ANSWER: Final = (
    '{"id": "benchmark", "snapshot": "snapshot", "messages": [{"id": "hello", "text": "'
    + "这里是文献里的原话。" * 40
    + '"}], "passages": [], "safety": [], "suggestions": [], "kind": "%s", "language": "%s"}'
)
CANDIDATES: Final = json.dumps(
    [
        {
            "passage": "p" * 24,
            "document": "wiki/page.md",
            "fused": 0.5,
            "dense": 0.5,
            "lexical": 9.1,
            "shown": place < 5,
        }
        for place in range(10)
    ]
)


def verdict(row: dict[str, Any]) -> dict[str, Any]:
    """The verdict on a row that is judged."""
    return {
        "record": row["head"], "queue_row": row["id"], "account": 1, "verdict": "right",
        "given_at": row["hour"], "current": True, "kind": row["kind"],
        "language": row["language"], "second": False,
    }  # fmt: skip


FILTERS: Final[dict[str, Filter]] = {
    "first page, nothing chosen": Filter(),
    "kind": Filter(kind="not_found"),
    "language": Filter(language="en"),
    "judged and not": Filter(state="all"),
    "substance": Filter(substance="substance-7"),
    "document": Filter(source="wiki/page-7.md"),
    "reason": Filter(reason="thumbs_down"),
    "reviewer": Filter(state="all", reviewer="anna"),
    "days": Filter(since=datetime.now(UTC).date() - timedelta(days=3)),
    "words that many hold": Filter(text="上瘾"),
    "words that none holds": Filter(text="没有这个词"),
}


def timed(work: Callable[[], object]) -> tuple[float, float, float]:
    """Median and slowest of some rounds, and the median of this process's own processor time.

    In milliseconds. On a machine that is busy with other work the last tells more; on
    PostgreSQL it leaves the server's part out.
    """
    spent, worked = [], []
    for _ in range(ROUNDS):
        begun, running = time.perf_counter(), time.process_time()
        work()
        spent.append(1000 * (time.perf_counter() - begun))
        worked.append(1000 * (time.process_time() - running))
    return statistics.median(spent), max(spent), statistics.median(worked)


def measure(records: Records) -> Iterator[tuple[str, float, float, float]]:
    """Time what the pages ask for."""
    for name, wanted in FILTERS.items():
        yield name, *timed(lambda wanted=wanted: page(records, wanted))  # type: ignore[misc]
    last = page(records, Filter()).pages
    yield "last page", *timed(lambda: page(records, Filter(), last))
    first = page(records, Filter()).items[0].id
    yield "what filters offer", *timed(lambda: marks(records))
    yield "next and previous", *timed(lambda: neighbours(records, Filter(), first, 1))
    yield "one record", *timed(lambda: view(records, first))
    yield "progress", *timed(lambda: progress(records))


def plan(session: Session, sqlite_there: bool) -> str:
    """How the database finds the first page."""
    dialect = sqlite.dialect() if sqlite_there else postgresql.dialect()  # type: ignore[no-untyped-call]
    statement = (
        listed(Filter())
        .limit(PAGE)
        .compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    )
    explain = "EXPLAIN QUERY PLAN" if sqlite_there else "EXPLAIN (ANALYZE, COSTS OFF)"
    found = session.execute(text(f"{explain} {statement}".replace(":", "\\:")))
    return "\n".join(f"    {row[-1]}" for row in found)


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--url")
    parser.add_argument("--plans", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        records = Records(chosen.url or f"sqlite:///{Path(place) / 'records.sqlite'}")
        records.migrate()
        add(records, "anna", "correct horse battery", "moderator")
        begun = time.perf_counter()
        fill(records, chosen.records)
        took = time.perf_counter() - begun
        print(f"{records.engine.dialect.name}: {chosen.records} records written in {took:.0f} s")
        print(f"{'':32}{'median ms':>12}{'slowest ms':>12}{'processor ms':>14}")
        for name, median, slowest, worked in measure(records):
            print(f"{name:32}{median:12.1f}{slowest:12.1f}{worked:14.1f}", flush=True)
        if chosen.plans:
            with records.reading() as session:
                print(plan(session, records.sqlite))
        records.close()


if __name__ == "__main__":
    main()
