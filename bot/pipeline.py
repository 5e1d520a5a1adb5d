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
from copy import copy
from time import perf_counter

from bot.answer import Answer
from bot.answering import gate
from bot.answering.compose import Draft, compose
from bot.answering.lookup import Ready, look_up
from bot.answering.replies import opening
from bot.answering.safety import SafetyIndex
from bot.answering.searching import SearchResult, notice_for, quoted_hits, ranked_hits, shown_of
from bot.answering.tracing import trace_of
from bot.answering.wording import wording_of
from bot.kinds import KINDS
from bot.overrides import NONE, Overrides
from bot.question.languages import resolve
from bot.question.question import Question
from bot.question.reading import Reading, read
from bot.retrieval.subject import subject_of
from bot.substances.naming import corrected, curated
from bot.trace import Trace
from embeddings.agreement import require_agreement
from embeddings.documents import Language
from embeddings.encoder import Encoder
from embeddings.errors import ModelUnavailable, SnapshotError
from embeddings.library import Library

__all__ = ["Bot", "Question", "Ready"]

log = logging.getLogger(__name__)


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

    def danger(self, question: Question) -> Answer | None:
        """Return the answer to a question that tells of danger, from fixed words alone.

        None where there is no danger. Touches no model, no index, no database.
        """
        return self.first_look(question)[1]

    def first_look(self, question: Question) -> tuple[Reading, Answer | None]:
        """Return a question as it is read, and the answer to danger as `danger` gives it."""
        overrides = self.overrides()
        reading = read(question, corrected(curated(), overrides.aliases))
        if not (reading.seen.emergency or reading.seen.crisis):
            return reading, None
        return reading, self._finish(self._open(reading, overrides), None)[0]

    def consider(self, question: Question, reading: Reading | None = None) -> tuple[Answer, Trace]:
        """Answer a question and say how it went; `reading` is what the first look saw in it.

        Raises SnapshotError or ModelUnavailable where nothing can be looked up and the question
        is one that must be; every other kind of question is answered without.
        """
        started, overrides = perf_counter(), self.overrides()
        reading = reading or read(question, corrected(curated(), overrides.aliases))
        draft = self._open(reading, overrides)
        triaged = perf_counter()
        ready = self._ready_for(reading, draft)
        names = ready.names(overrides) if ready else corrected(curated(), overrides.aliases)
        subject = subject_of(reading.answerable or reading.text, names, reading.earlier)
        if ready:
            look_up(draft, subject, ready, reading, overrides)
        found = perf_counter()
        answer, dropped = self._finish(draft, ready)
        times = {
            "triage": 1000 * (triaged - started),
            "search": 1000 * (found - triaged),
            "compose": 1000 * (perf_counter() - found),
        }
        return answer, trace_of(reading.seen, subject, draft, dropped, times)

    def _open(self, reading: Reading, overrides: Overrides) -> Draft:
        """Begin the answer: kind, fixed messages, contacts and first aid."""
        question = reading.question
        language = resolve(question.language, question.text, self._language)
        region = question.region or self._region
        return opening(reading.seen, question.text, language, region, wording_of(overrides))

    def _ready_for(self, reading: Reading, draft: Draft) -> Ready | None:
        """Return what looking up needs, or say in the answer that nothing can be looked up."""
        try:
            return self.ready()
        except (SnapshotError, ModelUnavailable):
            if reading.seen.kind == "information" and not reading.seen.kinds:
                raise
            if KINDS[reading.seen.kind].searches:
                draft.say("index_unavailable")
            return None

    def _finish(self, draft: Draft, ready: Ready | None) -> tuple[Answer, tuple[str, ...]]:
        """Compose the answer and let it through the gate."""
        snapshot = ready.snapshot if ready else None
        answer = compose(draft, snapshot)
        answer, dropped = gate.check(answer, snapshot, draft.wording)
        for reason in dropped:
            log.error("gate: %s", reason)
        return answer, dropped

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
        overrides = self.overrides()
        reading = read(Question(query), corrected(curated(), overrides.aliases))
        reader = resolve(language, reading.question.text, self._language)
        wording, text = wording_of(overrides), reading.question.text
        notice = notice_for(reading.seen, text, reader, self._region, wording)
        try:
            ready = self.ready()
        except (SnapshotError, ModelUnavailable):
            if notice is None:
                raise
            return SearchResult(notice=notice, passages=())
        if reading.seen.how_to:
            return SearchResult(notice=notice, passages=())
        subject = subject_of(reading.text, ready.names(overrides))
        within = shown_of(ready.snapshot, overrides, subject, source)
        [vector] = ready.encoder.encode([subject.text.original])
        hits = ranked_hits(ready.snapshot, subject, vector, limit, within)
        quoted = quoted_hits(hits, ready.snapshot, reader, overrides)
        return SearchResult(notice=notice, passages=quoted)

    def ready(self) -> Ready:
        """Return what looking up needs, loading it where this is the first time.

        Raises SnapshotMissing, SnapshotCorrupt, ModelMismatch or ModelUnavailable, each saying
        what to do.
        """
        snapshot = self._library.current()
        if self._last is None or self._last.snapshot is not snapshot:
            encoder = self._encoder()
            require_agreement(snapshot, encoder)
            self._last = Ready(snapshot, encoder, SafetyIndex(snapshot, encoder))
        return self._last
