"""Plain search for integrators: ranked passages, screened, with a notice where there is danger."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.answer import Frozen, Message, QuotedPassage, Resource
from bot.answering.compose import score_of
from bot.answering.gate import permitted
from bot.answering.quoting import quotation
from bot.answering.wording import Wording, wording_of
from bot.kinds import DANGERS, KINDS, PRESSING
from bot.overrides import Overrides
from bot.question.languages import written_in
from bot.question.triage import Triage
from bot.retrieval.corrections import hidden
from bot.retrieval.ranked import query_for
from bot.retrieval.scope import scope
from bot.retrieval.subject import Subject
from embeddings.documents import Language
from embeddings.search import Hit, search
from embeddings.snapshot import Snapshot

__all__ = ["Notice", "SearchResult", "notice_for", "quoted_hits", "ranked_hits", "shown_of"]


class Notice(Frozen):
    """What stands before all results where the query tells of danger."""

    kind: str
    messages: tuple[Message, ...]
    resources: tuple[Resource, ...]


class SearchResult(Frozen):
    """Ranked passages; `notice` is to be shown first where there is one."""

    notice: Notice | None
    passages: tuple[QuotedPassage, ...]


def notice_for(
    seen: Triage, query: str, language: Language, region: str | None, wording: Wording
) -> Notice | None:
    """Return the notice for a query, None where it tells of no danger and asks for no dose."""
    pressing = [kind for kind in seen.kinds if kind in PRESSING]
    if not pressing:
        return None
    kind, *others = pressing
    contacts = wording.contacts.resources(region, language, asked_in=written_in(query, language))
    first, *rest = KINDS[kind].first_words
    added = (KINDS[other].first_words[0] for other in others if other in DANGERS)
    return Notice(
        kind=KINDS[kind].answer,
        messages=tuple(wording.message(name, language) for name in (first, *added, *rest)),
        resources=contacts,
    )


def ranked_hits(
    snapshot: Snapshot,
    subject: Subject,
    vector: NDArray[np.float32],
    limit: int,
    within: NDArray[np.bool_],
) -> list[Hit]:
    """Return the best passages for a subject, `vector` (d,) being its text, encoded.

    `within` (n,) says which may be shown at all. They are ranked as for an answer. Whoever searches
    wants to see what there is: what would not do as an answer follows, and nothing is held back.
    """
    query = query_for(snapshot, subject, within)
    found = search(snapshot, vector, query, limit)
    if len(found) < limit:
        known = {hit.passage.id for hit in found}
        others = search(snapshot, vector, replace(query, allowed=within), limit)
        found += [hit for hit in others if hit.passage.id not in known]
    return found[:limit]


def shown_of(
    snapshot: Snapshot, overrides: Overrides, subject: Subject, source: str | None
) -> NDArray[np.bool_]:
    """Return which passages may be shown for a subject, of shape (n,)."""
    within = scope(snapshot, source)
    shown = np.ones(len(snapshot.passages), np.bool_) if within is None else within.copy()
    for name in hidden(snapshot, overrides, subject.substances):
        shown[snapshot.rows[name]] = False
    return shown


def quoted_hits(
    hits: list[Hit], snapshot: Snapshot, language: Language, overrides: Overrides
) -> tuple[QuotedPassage, ...]:
    """Quote hits in their order, those that pass the gate."""
    quoted = (
        quotation(
            hit.passage,
            snapshot.documents[hit.passage.document],
            language,
            wording_of(overrides),
            number=number,
            score=score_of(hit),
        )
        for number, hit in enumerate(hits, start=1)
    )
    return tuple(passage for passage in quoted if permitted(passage, snapshot))
