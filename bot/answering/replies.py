"""What each kind of question is told before anything is looked up: fixed words and contacts.

Nothing here needs the model, the index or the database.
"""

from collections.abc import Mapping

from bot.answer import AnswerKind, Choice, Resource, ResourceKind
from bot.answering.compose import Draft
from bot.answering.contacts import known, resources
from bot.answering.firstaid import cards
from bot.answering.phrases import message
from bot.question.languages import written_in
from bot.question.triage import Triage
from bot.retrieval.subject import Subject, name_of
from bot.screening.passages import leaks
from embeddings.documents import Language

__all__ = ["offer", "opening", "tell_not_found", "to_choose"]

KINDS: Mapping[str, AnswerKind] = {
    "emergency": "emergency",
    "crisis": "crisis",
    "how_to": "how_to_declined",
    "dosing": "dose_declined",
    "greeting": "greeting",
    "thanks": "greeting",
    "off_topic": "off_topic",
    "information": "answer",
}

FIRST_WORDS: Mapping[str, tuple[str, ...]] = {
    "emergency": ("emergency_intro", "nobody_reads_this_now"),
    "crisis": ("crisis_intro", "nobody_reads_this_now"),
    "how_to": ("how_to_declined",),
    "dosing": ("dose_declined",),
    "greeting": ("greeting", "header_not_a_person"),
    "thanks": ("thanks",),
    "off_topic": ("off_topic",),
    "information": (),
}

CONTACTS: Mapping[str, tuple[ResourceKind, ...]] = {
    "emergency": ("emergency", "poison"),
    "crisis": ("crisis", "emergency"),
    "how_to": ("drugs", "crisis", "emergency"),
    "dosing": ("drugs", "poison", "emergency"),
}

ABOUT_TESTS = frozenset({"beating_tests"})
ABOUT_ANOTHER = frozenset({"another_person"})
SIGNS_SEEN = frozenset({"not_breathing", "seizure", "overheating", "chest_pain"})
"""Cards of signs that a person can see. Where there is none of them, what to watch for is said."""

PAIR = 2
HARM_TOPICS = frozenset({"interactions", "overdose", "toxicity", "dependence", "withdrawal"})


def opening(seen: Triage, asked: str, language: Language, region: str | None) -> Draft:
    """Begin an answer with what triage alone decides; an amount in `asked` is never judged."""
    words = first_words(seen)
    draft = Draft(kind=KINDS[seen.kind], language=language)
    draft.messages = [message(name, language) for name in (*words, *seen.lines)]
    if seen.dosing and leaks(asked):
        draft.messages.append(message("amount_not_judged", language))
    draft.resources = contacts_for(seen, language, region, written_in(asked, language))
    if seen.emergency or seen.crisis:
        draft.first_aid = cards(seen.cards, language)
        if seen.crisis and not any(r.kind == "crisis" for r in draft.resources):
            draft.messages.append(message("no_region_contact", language))
        if not known(region):
            draft.messages.insert(1, message("local_emergency_number", language))
    return draft


def first_words(seen: Triage) -> tuple[str, ...]:
    """Choose the sentences that an answer begins with."""
    if seen.kind == "dosing" and seen.answerable:
        return ("dose_declined_partly",)
    if seen.kind == "how_to" and ABOUT_TESTS & {*seen.signs}:
        return ("beating_tests_declined",)
    if seen.kind == "crisis" and ABOUT_ANOTHER & {*seen.signs}:
        return (*FIRST_WORDS["crisis"], "crisis_for_another")
    if seen.kind == "emergency" and not SIGNS_SEEN & {*seen.cards}:
        return (*FIRST_WORDS["emergency"], "urgent_watch")
    return FIRST_WORDS[seen.kind]


def contacts_for(
    seen: Triage, language: Language, region: str | None, asked_in: Language
) -> tuple[Resource, ...]:
    """Choose the contacts: those of the kind of question, both sorts where both dangers hold."""
    kinds = list(CONTACTS.get(seen.kind, ()))
    if seen.emergency and seen.crisis:
        kinds = ["emergency", "crisis", "poison"]
    elif "support_line" in seen.lines and not kinds:
        kinds = ["crisis"]
    if seen.minor and not kinds:
        kinds = ["drugs", "crisis", "emergency"]
    return resources(region, language, kinds, asked_in) if kinds else ()


def to_choose(draft: Draft, subject: Subject) -> Draft:
    """Ask which of several substances an ambiguous name means; never pick one silently."""
    mention = subject.ambiguous[0]
    before, after = subject.text[: mention.start], subject.text[mention.end :]
    draft.kind = "clarify"
    draft.messages.append(message("clarify", draft.language))
    draft.choices = tuple(
        Choice(label=name, question=f"{before}{name}{after}")
        for name in (name_of(s, draft.language) for s in mention.substances)
    )
    return draft


def tell_not_found(draft: Draft, subject: Subject) -> Draft:
    """Say that the sources do not answer, and where it matters that this is no all-clear."""
    if draft.kind != "answer":
        return draft
    draft.kind = "not_found"
    pair = sorted(subject.substances)
    if len(pair) == PAIR:
        first, second = (name_of(name, draft.language) for name in pair)
        told = message("pair_not_found", draft.language, first=first, second=second)
    else:
        told = message("not_found", draft.language)
    draft.messages.append(told)
    if len(pair) > 1 or subject.topics & HARM_TOPICS:
        draft.messages.append(message("not_found_not_safe", draft.language))
    return draft


def offer(draft: Draft, similar: tuple[Choice, ...]) -> Draft:
    """Offer names that the sources know, where nothing was found under the one that was asked."""
    if draft.kind == "not_found" and similar:
        draft.messages.append(message("similar_names", draft.language))
        draft.choices = similar
    return draft
