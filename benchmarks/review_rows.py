"""Made-up rows of the moderators' queue, in any number, for `benchmarks.review`."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.review.queue.sameness import folded
from bot.review.queue.urgency import urgency
from bot.review.storage import Records

__all__ = ["fill"]

BATCH: Final = 2000
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
