"""What a moderator's change may say. Raises ChangeInvalid, which names a phrase for the page.

The gate looks at every answer anyway; a sentence that it would drop must not be saved first.
"""

from collections.abc import Iterable
from functools import singledispatch
from typing import Final

import phonenumbers
from phonenumbers import shortnumberinfo

from bot.answering import phrases
from bot.answering.contacts import DIALLED, Contacts
from bot.answering.phrases import languages
from bot.answering.wording import CARD, CARDS
from bot.review.changes.payloads import (
    AliasPayload,
    BlockPayload,
    CasePayload,
    ContactPayload,
    ContactWords,
    Payload,
    PhrasePayload,
    PinPayload,
)
from bot.screening.passages import leaks
from bot.substances.lexicon import substances
from bot.vocabulary.matching import Folded
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid, ChangeInvalid

__all__ = ["check", "editable", "shipped_sentence"]

LIKE: Final = {"EU": "DE"}
"""A region that is no country, and one whose emergency number is the same."""


@singledispatch
def check(payload: Payload, contacts: Contacts) -> None:
    """Raise ChangeInvalid where a change must not be made; each kind has a rule of its own below.

    `contacts` are those that hold now, the edits of moderators in them.
    Raises TypeError for a kind without one: nothing is changed unchecked.
    """
    raise TypeError(f"no rule says what a {payload.kind} may change")


@check.register
def _(payload: PinPayload, contacts: Contacts) -> None:
    if not payload.question.strip():
        raise ChangeInvalid("change_needs_question", "A pin needs a question.")
    if len({each.id for each in payload.passages}) != len(payload.passages):
        raise ChangeInvalid("change_needs_passage", "A passage can be pinned once.")


@check.register
def _(payload: BlockPayload, contacts: Contacts) -> None:
    known([payload.substance] if payload.substance else [])


@check.register
def _(payload: CasePayload, contacts: Contacts) -> None:
    if not payload.question.strip():
        raise ChangeInvalid("change_needs_question", "A case needs a question.")
    if payload.answerable and not payload.passages and payload.answer is None:
        raise ChangeInvalid(
            "case_needs_right", "A case needs a right passage or a right kind of answer."
        )
    if payload.passages and not payload.answerable:
        raise ChangeInvalid(
            "case_needs_right", "A case with a right passage cannot ask for nothing."
        )


@check.register
def _(payload: AliasPayload, contacts: Contacts) -> None:
    known(payload.substances)
    folded = Folded.of(payload.name).text.strip()
    if not any(character.isalpha() for character in folded):
        raise ChangeInvalid("alias_needs_letter", "A name needs a letter.")
    if folded.isascii() and len(folded) < 3 and payload.substances and not payload.ordinary:
        raise ChangeInvalid(
            "alias_too_short", "A name this short counts only beside words about drugs."
        )
    for substance in substances().values():
        main = {Folded.of(name).text for name in (substance.zh, substance.en)}
        if folded in main and payload.substances != (substance.id,):
            raise ChangeInvalid(
                "alias_is_main_name", f"This is the proper name of {substance.id} and stays so."
            )


def known(ids: Iterable[str]) -> None:
    """Raise ChangeInvalid for a substance that the lexicon does not have."""
    if unknown := [each for each in ids if each not in substances()]:
        raise ChangeInvalid(
            "substance_unknown", f"The lexicon has no substance {', '.join(unknown)}."
        )


def editable() -> tuple[str, ...]:
    """The keys of the sentences that may be put in other words, first-aid cards among them."""
    return (*phrases.sentences("en"), *(f"{CARD}{card}" for card in CARDS))


def shipped_sentence(key: str, language: Language) -> str:
    """The sentence as it ships. Raises ChangeInvalid where there is none of that key."""
    if key.startswith(CARD) and key.removeprefix(CARD) in CARDS:
        return phrases.first_aid(language)[key.removeprefix(CARD)]["text"]
    if key in phrases.sentences(language):
        return phrases.sentences(language)[key]
    raise ChangeInvalid("phrase_unknown", f"There is no sentence '{key}'.")


@check.register
def _(payload: PhrasePayload, contacts: Contacts) -> None:
    if payload.language not in languages():
        raise ChangeInvalid("phrase_unknown", "There is no such language.")
    before = shipped_sentence(payload.key, payload.language)
    if not payload.text.strip():
        raise ChangeInvalid("phrase_empty", "A sentence cannot be empty.")
    if not payload.source.strip():
        raise ChangeInvalid("change_needs_source", "Say where the new words come from.")
    try:
        same = phrases.placeholders(payload.text) == phrases.placeholders(before)
    except CatalogueInvalid:
        same = False
    if not same:
        raise ChangeInvalid(
            "phrase_placeholders", "The words in braces must be the same as before."
        )
    if any(map(str.isdigit, payload.text)) or leaks(payload.text):
        raise ChangeInvalid("phrase_tells_amount", "A sentence holds no digit and tells no amount.")


@check.register
def _(payload: ContactPayload, contacts: Contacts) -> None:
    if payload.replaces is None and payload.contact is None:
        raise ChangeInvalid("contact_incomplete", "A contact needs its particulars.")
    if payload.contact is not None:
        check_words(payload.contact)
    if payload.replaces is not None and payload.replaces not in contacts.by_key():
        raise ChangeInvalid("contact_unknown", "There is no such contact.")
    if contacts.loses_help_by(payload.edit("new")):
        raise ChangeInvalid(
            "contact_last", "A region keeps at least one contact of each kind that it had."
        )


def check_words(contact: ContactWords) -> None:
    """Raise ChangeInvalid unless the number can be dialled and everything is said."""
    if not all(contact.name.get(language, "").strip() for language in languages()):
        raise ChangeInvalid("contact_incomplete", "A contact needs its name in every language.")
    if not contact.source.strip():
        raise ChangeInvalid("change_needs_source", "Say where the number was seen.")
    if not dialled(contact):
        raise ChangeInvalid("contact_phone", "This is not a telephone number of that region.")
    said = [*contact.name.values(), *contact.note.values(), *contact.run_by.values()]
    if any(leaks(words) for words in said):
        raise ChangeInvalid("phrase_tells_amount", "A contact's words tell no amount.")


def dialled(contact: ContactWords) -> bool:
    """Whether the number exists in the numbering plan of its region, as far as that is known."""
    region = LIKE.get(contact.region, contact.region)
    if not DIALLED.fullmatch(contact.phone):
        return False
    if contact.kind == "emergency":
        return shortnumberinfo.is_emergency_number(contact.phone, region)
    try:
        number = phonenumbers.parse(contact.phone, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) or (
        shortnumberinfo.is_possible_short_number_for_region(number, region)
    )
