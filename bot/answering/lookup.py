"""Looking a question up: passages that answer, the safety passages, what else can be asked."""

from dataclasses import dataclass

from bot.answering.compose import Draft
from bot.answering.replies import offer, tell_doubt, tell_not_found, to_choose
from bot.answering.safety import SafetyIndex, Told
from bot.answering.suggestions import did_you_mean, suggest
from bot.kinds import DANGERS, KINDS
from bot.overrides import Overrides
from bot.question.reading import Reading
from bot.retrieval.corrections import correct, hidden, spare
from bot.retrieval.ranked import retrieve, spoken_of
from bot.retrieval.scope import kept_to, scope, trusted, without_stories
from bot.retrieval.subject import Subject
from bot.substances.glossary import names_of
from bot.substances.naming import Names, corrected
from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot
from embeddings.text.stopwords import content_terms

__all__ = ["Ready", "look_up"]


@dataclass(frozen=True, slots=True)
class Ready:
    """What is needed to look something up."""

    snapshot: Snapshot
    encoder: Encoder
    safety: SafetyIndex

    def names(self, overrides: Overrides) -> Names:
        """Every name that counts in questions, as moderators have it."""
        return corrected(names_of(self.snapshot), overrides.aliases)


def look_up(
    draft: Draft, subject: Subject, ready: Ready, reading: Reading, overrides: Overrides
) -> None:
    """Add passages, or say that there are none, and the safety passages beside them.

    A cry for help in which nothing is named would find what happens to share its words: nothing
    is looked up for it.
    """
    danger = not DANGERS.isdisjoint(reading.seen.kinds)
    if subject.ambiguous and not subject.substances and draft.kind == "answer":
        if not spoken_of(ready.snapshot).isdisjoint(subject.ambiguous[0].substances):
            to_choose(draft, subject)
            return
        tell_not_found(draft, subject)
    elif reading.answerable and (subject.substances or not danger):
        meant = did_you_mean(ready.snapshot, subject, draft.language)
        if not meant or draft.kind != "answer":
            find_passages(draft, subject, ready, reading, overrides)
        if not draft.found.hits:
            tell_not_found(draft, subject)
            offer(draft, meant)
        elif draft.found.doubtful:
            tell_doubt(draft, subject)
    put_beside(draft, subject, ready, reading, overrides)


def find_passages(
    draft: Draft, subject: Subject, ready: Ready, reading: Reading, overrides: Overrides
) -> None:
    """Find the passages that answer, as the moderators have corrected them.

    No report and no opinion stands in an answer to danger, pinned or not.
    """
    snapshot, question = ready.snapshot, reading.question
    limit, source = question.limit, question.source
    text = subject.text.original
    draft.asked, draft.names = subject.substances, subject.names
    draft.terms = content_terms(" ".join([text, *subject.expansions]))
    draft.vector = ready.encoder.encode([text])[0]
    wide = limit + spare(snapshot, overrides, subject)
    within = scope(snapshot, source)
    if danger := not DANGERS.isdisjoint(reading.seen.kinds):
        within = trusted(snapshot) if within is None else within & trusted(snapshot)
    found = retrieve(snapshot, draft.vector, subject, wide, within)
    draft.found, draft.corrections = correct(
        found, snapshot, overrides, subject, draft.vector, ready.encoder, limit
    )
    draft.found = kept_to(draft.found, snapshot, source)
    if danger:
        draft.found = without_stories(draft.found, snapshot)


def put_beside(
    draft: Draft, subject: Subject, ready: Ready, reading: Reading, overrides: Overrides
) -> None:
    """Add the safety passages and what else can be asked."""
    snapshot, names = ready.snapshot, subject.names
    about, kind = subject.substances or draft.found.about(), KINDS[reading.seen.kind]
    if kind.safety:
        told = Told(draft.language, draft.wording, names)
        draft.beside = ready.safety.beside(about, told, lambda of: hidden(snapshot, overrides, of))
    if not kind.danger:
        draft.suggestions = suggest(snapshot, about, subject.topics, draft.language, names)
    shown = draft.found.hits or draft.choices
    if draft.kind == "not_found" and draft.suggestions and not shown:
        draft.say("nearest_topics")
