"""What each kind of question is told before anything is looked up: fixed words and contacts.

Nothing here needs the model, the index or the database.
"""

from bot.answer import Choice, ResourceKind
from bot.answering.compose import Draft
from bot.answering.wording import Wording
from bot.kinds import BESIDE, DANGERS, KINDS
from bot.question.languages import written_in
from bot.question.triage import Triage
from bot.retrieval.subject import Subject
from bot.screening.passages import leaks
from embeddings.documents import Language

__all__ = ["offer", "opening", "tell_doubt", "tell_not_found", "to_choose"]

ABOUT_TESTS = frozenset({"beating_tests"})
ABOUT_ANOTHER = frozenset({"another_person"})
SIGNS_SEEN = frozenset({"not_breathing", "seizure", "overheating", "chest_pain"})
"""Cards of signs that a person can see. Where there is none of them, what to watch for is said."""

PAIR = 2
HARM_TOPICS = frozenset({"interactions", "overdose", "toxicity", "dependence", "withdrawal"})


def opening(
    seen: Triage, asked: str, language: Language, region: str | None, wording: Wording
) -> Draft:
    """Begin an answer with what triage alone decides; an amount in `asked` is never judged."""
    draft = Draft(kind=KINDS[seen.kind].answer, language=language, wording=wording)
    for name in (*first_words(seen), *seen.lines):
        draft.say(name)
    if seen.dosing and leaks(asked):
        draft.say("amount_not_judged")
    kinds = contacts_for(seen)
    if kinds:
        asked_in = written_in(asked, language)
        draft.resources = wording.contacts.resources(region, language, kinds, asked_in)
    if seen.emergency or seen.crisis:
        draft.first_aid = wording.cards(seen.cards, language)
        if seen.crisis and not any(r.kind == "crisis" for r in draft.resources):
            draft.say("no_region_contact")
        if wording.contacts.code(region) is None:
            draft.messages.insert(1, draft.message("local_emergency_number"))
    return draft


def first_words(seen: Triage) -> tuple[str, ...]:
    """Choose the sentences that an answer begins with: the leading kind's, and what is added.

    A danger that does not lead says its first sentence right after the one that does. What is
    declined says so only where it leads.
    """
    leading = _of_the_leading(seen)
    added = [KINDS[kind].first_words[0] for kind in seen.kinds if kind in DANGERS | BESIDE]
    also = [
        *(["crisis_for_another"] if seen.crisis and ABOUT_ANOTHER & {*seen.signs} else []),
        *(["urgent_watch"] if seen.emergency and not SIGNS_SEEN & {*seen.cards} else []),
    ]
    return tuple(dict.fromkeys((*leading[:1], *added, *leading[1:], *also)))


def _of_the_leading(seen: Triage) -> tuple[str, ...]:
    if seen.kind == "dosing" and seen.answerable:
        return ("dose_declined_partly",)
    if seen.kind == "how_to" and ABOUT_TESTS & {*seen.signs}:
        return ("beating_tests_declined",)
    return KINDS[seen.kind].first_words


def contacts_for(seen: Triage) -> frozenset[ResourceKind]:
    """Choose the contacts: those of every kind that the question is, and of who asks it."""
    kinds = {contact for kind in (seen.kind, *seen.kinds) for contact in KINDS[kind].contacts}
    if seen.minor:
        kinds |= {"crisis"} if kinds else {"drugs", "crisis", "emergency"}
    if "support_line" in seen.lines:
        kinds.add("crisis")
    return frozenset(kinds)


def to_choose(draft: Draft, subject: Subject) -> Draft:
    """Ask which of several substances an ambiguous name means; never pick one silently."""
    mention = subject.ambiguous[0]
    text = subject.text.original
    before, after = text[: mention.start], text[mention.end :]
    draft.kind = "clarify"
    draft.say("clarify")
    draft.choices = tuple(
        Choice(label=name, question=f"{before}{name}{after}")
        for name in (subject.names.called(s, draft.language) for s in mention.substances)
    )
    return draft


def tell_not_found(draft: Draft, subject: Subject) -> Draft:
    """Say that the sources do not answer."""
    if draft.kind != "answer":
        return draft
    draft.kind = "not_found"
    pair = sorted(subject.substances)
    if len(pair) == PAIR:
        first, second = (subject.names.called(name, draft.language) for name in pair)
        draft.say("pair_not_found", first=first, second=second)
    else:
        draft.say("not_found")
    return warn_of_silence(draft, subject)


def tell_doubt(draft: Draft, subject: Subject) -> Draft:
    """Say first that what follows may be no answer, where it comes near but that is not sure."""
    if draft.kind != "answer":
        return draft
    draft.kind = "not_found"
    draft.say("perhaps_not_found")
    return warn_of_silence(draft, subject)


def warn_of_silence(draft: Draft, subject: Subject) -> Draft:
    """Say that nothing found is no all-clear, where harm is asked about."""
    if len(subject.substances) > 1 or subject.topics & HARM_TOPICS:
        draft.say("not_found_not_safe")
    return draft


def offer(draft: Draft, similar: tuple[Choice, ...]) -> Draft:
    """Offer names that the sources know, where nothing was found under the one that was asked."""
    if draft.kind == "not_found" and similar:
        draft.say("similar_names")
        draft.choices = similar
    return draft
