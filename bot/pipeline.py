"""The way of a question, top to bottom: triage, what is fixed, retrieval, safety, the gate.

question ─ triage ─┬─ emergency / crisis ► contacts and first aid first; then passages
                   ├─ making, sourcing   ► declined, with harms and contacts
                   ├─ dosing             ► declined, with safety passages and contacts
                   ├─ greeting, off topic ► a fixed message and suggestions
                   └─ information ► choices, passages or "not in the sources"
every path ends at the gate
"""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass
from time import perf_counter

from bot.answer import Answer
from bot.answering import gate
from bot.answering.compose import Draft, compose
from bot.answering.phrases import message
from bot.answering.replies import offer, opening, tell_not_found, to_choose
from bot.answering.safety import SafetyIndex
from bot.answering.searching import SearchResult, notice_for, ranked_passages
from bot.answering.suggestions import did_you_mean, suggest
from bot.answering.tracing import trace_of
from bot.overrides import NONE, Overrides, corrected
from bot.question.languages import resolve
from bot.question.question import Question, written
from bot.question.triage import Triage, triage
from bot.retrieval.corrections import correct, spare
from bot.retrieval.ranked import retrieve, spoken_of
from bot.retrieval.scope import kept_to, scope
from bot.retrieval.subject import Subject, subject_of
from bot.substances.glossary import names_of
from bot.substances.naming import using
from bot.trace import Trace
from embeddings.documents import Language
from embeddings.encoder import Encoder
from embeddings.errors import ModelUnavailable, SnapshotError
from embeddings.library import Library
from embeddings.snapshot import Snapshot
from embeddings.text.stopwords import content_terms

__all__ = ["Bot", "Question"]

log = logging.getLogger(__name__)

WITHOUT_SAFETY = frozenset({"greeting", "off_topic", "crisis"})
WITHOUT_SEARCH = frozenset({"greeting", "thanks", "off_topic"})


@dataclass(frozen=True, slots=True)
class Ready:
    """What is needed to look something up."""

    snapshot: Snapshot
    encoder: Encoder
    safety: SafetyIndex


class Bot:
    """Answers questions from the live snapshot of a library.

    `encoder` is called when the model is first needed; `language` and `region` are the site's;
    `overrides` hands out the moderators' corrections of the moment, without ever waiting.
    """

    def __init__(
        self,
        library: Library,
        encoder: Callable[[], Encoder],
        *,
        language: Language = "zh-Hans",
        region: str | None = None,
        overrides: Callable[[], Overrides] = lambda: NONE,
    ) -> None:
        self._library, self._encoder = library, encoder
        self._language: Language = language
        self._region = region
        self.overrides = overrides
        self._last: Ready | None = None

    def under(self, overrides: Overrides) -> "Bot":
        """Return the same bot with other corrections: what a moderator is shown before saving."""
        other = copy(self)
        other.overrides = lambda: overrides
        return other

    def ask(self, question: Question) -> Answer:
        """Answer a question; raises as `consider` does."""
        return self.consider(question)[0]

    @corrected
    def danger(self, question: Question) -> Answer | None:
        """Return the answer to a question that tells of danger, from fixed words alone.

        None where there is no danger. Touches no model, no index, no database.
        """
        return self.first_look(question)[1]

    @corrected
    def first_look(self, question: Question) -> tuple[Triage, Answer | None]:
        """Return what is seen in a question, and the answer to danger as `danger` gives it."""
        seen = triage(question.text, question.history)
        if not (seen.emergency or seen.crisis):
            return seen, None
        return seen, self._finish(self._open(question, seen), None)[0]

    @corrected
    def consider(self, question: Question, seen: Triage | None = None) -> tuple[Answer, Trace]:
        """Answer a question and say how it went; `seen` is what the first look saw in it.

        Raises SnapshotError or ModelUnavailable where nothing can be looked up and the question
        is one that must be; every other kind of question is answered without.
        """
        started = perf_counter()
        seen = seen or triage(question.text, question.history)
        draft = self._open(question, seen)
        triaged = perf_counter()
        try:
            ready: Ready | None = self.ready()
        except (SnapshotError, ModelUnavailable):
            if seen.kind == "information":
                raise
            ready = None
            if seen.kind not in WITHOUT_SEARCH:
                draft.messages.append(message("index_unavailable", draft.language))
        with using(names_of(ready.snapshot)) if ready else nullcontext():
            subject = subject_of(seen.answerable or question.text, question.history)
            if ready:
                self._look_up(draft, subject, ready, seen, question)
        found = perf_counter()
        answer, dropped = self._finish(draft, ready)
        times = {
            "triage": 1000 * (triaged - started),
            "search": 1000 * (found - triaged),
            "compose": 1000 * (perf_counter() - found),
        }
        return answer, trace_of(seen, subject, draft, dropped, times)

    def _open(self, question: Question, seen: Triage) -> Draft:
        """Begin the answer: kind, fixed messages, contacts and first aid."""
        language = resolve(question.language, question.text, self._language)
        return opening(seen, question.text, language, question.region or self._region)

    def _look_up(
        self, draft: Draft, subject: Subject, ready: Ready, seen: Triage, question: Question
    ) -> None:
        """Add passages, or say that there are none, and the safety passages beside them."""
        if subject.ambiguous and not subject.substances and draft.kind == "answer":
            if not spoken_of(ready.snapshot).isdisjoint(subject.ambiguous[0].substances):
                to_choose(draft, subject)
                return
            tell_not_found(draft, subject)
        elif seen.answerable:
            meant = did_you_mean(ready.snapshot, subject, draft.language)
            if not meant or draft.kind != "answer":
                self._search(draft, subject, ready, question)
            if not draft.found.hits:
                tell_not_found(draft, subject)
                offer(draft, meant)
        about = subject.substances or draft.found.about()
        if draft.kind not in WITHOUT_SAFETY:
            draft.beside = ready.safety.beside(about, draft.language)
        if draft.kind not in ("emergency", "crisis"):
            draft.suggestions = suggest(ready.snapshot, about, subject.topics, draft.language)
        if draft.kind == "not_found" and draft.suggestions and not draft.choices:
            draft.messages.append(message("nearest_topics", draft.language))

    def _search(self, draft: Draft, subject: Subject, ready: Ready, question: Question) -> None:
        """Find the passages that answer, as the moderators have corrected them."""
        snapshot, limit, source = ready.snapshot, question.limit, question.source
        draft.asked = subject.substances
        draft.terms = content_terms(" ".join([subject.text, *subject.expansions]))
        draft.vector = ready.encoder.encode([subject.text])[0]
        wide = limit + spare(snapshot, subject)
        found = retrieve(snapshot, draft.vector, subject, wide, scope(snapshot, source))
        draft.found, draft.corrections = correct(
            found, snapshot, subject, draft.vector, ready.encoder, limit
        )
        draft.found = kept_to(draft.found, snapshot, source)

    def _finish(self, draft: Draft, ready: Ready | None) -> tuple[Answer, tuple[str, ...]]:
        """Compose the answer and let it through the gate."""
        snapshot = ready.snapshot if ready else None
        answer = compose(draft, snapshot)
        answer, dropped = gate.check(answer, snapshot)
        for reason in dropped:
            log.error("gate: %s", reason)
        return answer, dropped

    @corrected
    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        language: str | None = None,
        source: str | None = None,
    ) -> SearchResult:
        """Rank passages for a query, screened, with a notice first where triage sees danger.

        `source` keeps to the documents of one source or to one document. Raises as `consider`.
        """
        query = written(query)
        reader = resolve(language, query, self._language)
        notice = notice_for(query, reader, self._region)
        try:
            ready = self.ready()
        except (SnapshotError, ModelUnavailable):
            if notice is None:
                raise
            return SearchResult(notice=notice, passages=())
        with using(names_of(ready.snapshot)):
            found = ranked_passages(ready.snapshot, ready.encoder, query, limit, reader, source)
        return SearchResult(notice=notice, passages=found)

    def ready(self) -> Ready:
        """Return what looking up needs, loading it where this is the first time.

        Raises SnapshotMissing, SnapshotCorrupt or ModelUnavailable, each saying what to do.
        """
        snapshot = self._library.current()
        if self._last is None or self._last.snapshot is not snapshot:
            encoder = self._encoder()
            self._last = Ready(snapshot, encoder, SafetyIndex(snapshot, encoder))
        return self._last
