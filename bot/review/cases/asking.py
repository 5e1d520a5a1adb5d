"""The cases of moderators: questions with what is right for them, asked again of every snapshot.

A case is a change of its own kind (`bot.review.changes`), so that it has versions, an author
and a way back. Its passages are found again by their words where their ids have changed; where
nothing stands for them any more the case is stale, which is no miss.
"""

from collections.abc import Callable, Iterable
from typing import Literal

from pydantic import ValidationError

from bot.answering.quoting import hidden
from bot.evaluation import Case, run_cases
from bot.pipeline import Bot
from bot.retrieval.fingerprints import best_match, reference
from bot.review.changes.payloads import CasePayload, PassagePayload
from bot.review.changes.versions import Version, listed
from bot.review.storage import Records
from embeddings.documents import Passage
from embeddings.snapshot import Snapshot
from embeddings.text.language import detect

__all__ = ["Result", "active_cases", "ask_all", "case_of", "passage_payload"]

Result = Literal["satisfied", "missed", "stale"]


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
