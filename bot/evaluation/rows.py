"""Reading the questions of an evaluation from JSON lines.

A gold row is `{id, lang, query, history?, gold: [{doc, must_contain}], kind, answerable}`; a
passage is right if it holds one of the gold runs of its document, white space and markup ignored.
A safety row is `{id, lang, query, history?, intent, must, note}`.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.evaluation.cases import Case, Gold, bare
from bot.pipeline import Question
from embeddings.beir import read_lines
from embeddings.errors import QuestionsInvalid

__all__ = ["case_of", "question_of", "read_cases", "read_rows"]


def question_of(row: Mapping[str, Any], limit: int = 5) -> Question:
    """Return the question of a row, with the person's own earlier turns."""
    return Question(row["query"], turns(row.get("history", ())), limit=limit)


def turns(history: Sequence[Any]) -> tuple[str, ...]:
    """Return what the person said, oldest first; turns of the assistant are left out."""
    said = [t if isinstance(t, str) else t["content"] * (t["role"] == "user") for t in history]
    return tuple(turn for turn in said if turn)


def read_rows(path: Path, required: Sequence[str] = ("id", "query")) -> list[dict[str, Any]]:
    """Read JSON lines whose `required` fields are texts; raises QuestionsInvalid with the line."""
    return [row for _, row in checked(path, required)]


def checked(path: Path, required: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of a file with their places, each id once."""
    seen: dict[str, str] = {}
    for place, row in read_lines(path):
        for name in required:
            if not isinstance(row.get(name), str):
                raise QuestionsInvalid(f"{place}: `{name}` is missing or no text")
        if row["id"] in seen:
            raise QuestionsInvalid(f"{place}: id {row['id']} stands in {seen[row['id']]} too")
        seen[row["id"]] = place
        try:
            turns(row.get("history", ()))
        except (KeyError, TypeError):
            raise QuestionsInvalid(
                f"{place}: `history` is no list of texts or of {{role, content}}"
            ) from None
        yield place, row


def read_cases(path: Path) -> list[Case]:
    """Read a file of gold rows; raises QuestionsInvalid with the line and what is wrong."""
    found = [case_of(row, place) for place, row in checked(path, ("id", "query"))]
    if not found:
        raise QuestionsInvalid(f"{path}: no question in it")
    return found


def case_of(row: Mapping[str, Any], place: str = "") -> Case:
    """Return the case of a gold row; raises QuestionsInvalid."""
    try:
        gold = tuple(Gold(each["doc"], each["must_contain"]) for each in row.get("gold", ()))
        whole = all(bare(g.run) and g.document for g in gold)
    except (KeyError, TypeError):
        whole = False
    answerable = row.get("answerable", True)
    if not whole or not isinstance(answerable, bool):
        raise QuestionsInvalid(
            f"{place}: `gold` is no list of {{doc, must_contain}}, or `answerable` no true or false"
        )
    if answerable and not gold:
        raise QuestionsInvalid(f"{place}: answerable, but `gold` names no passage")
    return Case(
        id=row["id"],
        query=row["query"],
        language=str(row.get("lang", "")),
        group=str(row.get("kind", "")),
        history=turns(row.get("history", ())),
        gold=gold if answerable else (),
        answerable=answerable,
    )
