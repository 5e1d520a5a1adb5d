"""Plain search for integrators: ranked passages, screened, with a notice where there is danger."""

import numpy as np

from bot.answer import Frozen, Message, QuotedPassage, Resource
from bot.answering.compose import score_of
from bot.answering.contacts import resources
from bot.answering.gate import permitted
from bot.answering.phrases import message
from bot.answering.quoting import quotation
from bot.question.languages import written_in
from bot.question.triage import triage
from bot.retrieval.corrections import hidden
from bot.retrieval.features import prior
from bot.retrieval.label_index import label_index
from bot.retrieval.subject import subject_of
from embeddings.documents import Language, Passage
from embeddings.encoder import Encoder
from embeddings.search import Query, search
from embeddings.snapshot import Snapshot

__all__ = ["Notice", "SearchResult", "notice_for", "ranked_passages"]


class Notice(Frozen):
    """What stands before all results where the query tells of danger."""

    kind: str
    messages: tuple[Message, ...]
    resources: tuple[Resource, ...]


class SearchResult(Frozen):
    """Ranked passages; `notice` is to be shown first where there is one."""

    notice: Notice | None
    passages: tuple[QuotedPassage, ...]


def notice_for(query: str, language: Language, region: str | None) -> Notice | None:
    """Return the notice for a query, None where it tells of no danger and asks for no dose."""
    seen = triage(query)
    if seen.emergency or seen.crisis:
        kind = "emergency" if seen.emergency else "crisis"
        words = [f"{kind}_intro", "nobody_reads_this_now"]
    elif seen.how_to or seen.dosing:
        kind = "how_to_declined" if seen.how_to else "dose_declined"
        words = [kind]
    else:
        return None
    return Notice(
        kind=kind,
        messages=tuple(message(name, language) for name in words),
        resources=resources(region, language, asked_in=written_in(query, language)),
    )


def ranked_passages(
    snapshot: Snapshot,
    encoder: Encoder,
    query: str,
    limit: int,
    language: Language,
    source: str | None,
) -> tuple[QuotedPassage, ...]:
    """Return the best passages for a query, none where it asks how to make or obtain something."""
    if triage(query).how_to:
        return ()
    subject = subject_of(query)
    out = hidden(snapshot, subject.substances)

    def wanted(passage: Passage) -> bool:
        document = snapshot.documents[passage.document]
        return passage.id not in out and source in (None, document.id, document.source)

    added = prior(label_index(snapshot), subject)
    allowed = np.fromiter(map(wanted, snapshot.passages), np.bool_, len(snapshot.passages))
    asked = Query(query, subject.expansions, added, allowed)
    found = search(snapshot, encoder.encode([query])[0], asked, limit)
    quoted = [
        quotation(
            hit.passage,
            snapshot.documents[hit.passage.document],
            language,
            number=number,
            score=score_of(hit),
        )
        for number, hit in enumerate(found, start=1)
    ]
    return tuple(passage for passage in quoted if permitted(passage, snapshot))
