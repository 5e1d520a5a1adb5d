"""Cases as lines of JSON: given out, and taken in."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.answering.contacts import corrected
from bot.evaluation import Case
from bot.evaluation.cases import Gold
from bot.review.cases.asking import active_cases, passage_payload
from bot.review.changes.checks import check
from bot.review.changes.payloads import CasePayload
from bot.review.changes.versions import propose
from bot.review.redaction import redact
from bot.review.storage import Records
from embeddings.errors import ChangeInvalid
from embeddings.snapshot import Snapshot

__all__ = ["exported", "import_lines"]


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
            check(payload, corrected())
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
