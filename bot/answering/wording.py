"""Every fixed word of the program as moderators have it: sentences, first-aid cards, contacts.

Whatever an answer says that is no quotation comes out of one `Wording`, which is handed on as an
argument: nothing that is said depends on where or when it is asked for.

First-aid cards are fixed steps for a person who waits for help, with the guidance they follow. They
hold no amounts and no counts; the antidote is given as its package and the dispatcher say. No
clinician has reviewed them yet, and every card says so (`reviewed`).
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.answer import FirstAid, Message
from bot.answering import phrases
from bot.answering.contacts import Contacts, corrected
from bot.overrides import ContactEdit, Overrides, PhraseEdit
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

__all__ = ["CARD", "CARDS", "SHIPPED", "Wording", "wording_of"]

CARDS = (
    "not_breathing",
    "unconscious",
    "seizure",
    "overheating",
    "chest_pain",
    "unknown_substance",
    "child",
    "agitated",
    "dispatcher",
    "do_not",
)
"""The first-aid cards there are, the most urgent first."""

CARD = "first_aid."
"""What stands before the id of a card in the key of a moderator's edit."""


class Wording:
    """The shipped words with some edits in them; the first edit of a sentence wins."""

    def __init__(
        self, edits: tuple[PhraseEdit, ...] = (), contacts: tuple[ContactEdit, ...] = ()
    ) -> None:
        self._edits = {(edit.language, edit.key): edit for edit in reversed(edits)}
        self._contacts = contacts

    @property
    def contacts(self) -> Contacts:
        """Whom to call."""
        return corrected(self._contacts)

    def message(self, id: str, language: Language, **values: str) -> Message:  # noqa: A002
        """The sentence `id` in `language`, its placeholders filled with `values`.

        Raises `CatalogueInvalid` where there is no such sentence or a value is missing: both are
        mistakes of the program, found by its tests.
        """
        edit = self._edits.get((language, id))
        return phrases.filled(id, edit.text if edit else phrases.sentence(id, language), values)

    def cards(self, ids: Iterable[str], language: Language) -> tuple[FirstAid, ...]:
        """The first-aid cards `ids`, each once, in the order given; the first line is a heading.

        Raises `CatalogueInvalid` for an id that is not in `CARDS`.
        """
        return tuple(self._card(card, language) for card in dict.fromkeys(ids))

    def _card(self, card: str, language: Language) -> FirstAid:
        known: Mapping[str, Mapping[str, str]] = phrases.first_aid(language)
        if card not in known:
            raise CatalogueInvalid(f"there is no first-aid card {card!r}")
        edit = self._edits.get((language, f"{CARD}{card}"))
        text = edit.text if edit else known[card]["text"]
        source = edit.source if edit else known[card]["source"]
        return FirstAid(id=card, text=text.strip(), source=source)


SHIPPED = Wording()
"""The words as they ship."""


def wording_of(overrides: Overrides) -> Wording:
    """Return the words under some corrections, the same object for the same corrections."""
    return _worded(overrides.phrases, overrides.contacts)


@lru_cache(maxsize=16)
def _worded(edits: tuple[PhraseEdit, ...], contacts: tuple[ContactEdit, ...]) -> Wording:
    return Wording(edits, contacts)
