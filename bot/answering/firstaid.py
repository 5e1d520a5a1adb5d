"""First-aid cards: fixed steps for a person who waits for help, with the guidance they follow.

The steps stand in the phrase catalogues. They hold no amounts and no counts; the antidote is
given as its package and the dispatcher say. No clinician has reviewed them yet, and every card
says so (`reviewed`).
"""

from collections.abc import Iterable

from bot.answer import FirstAid
from bot.answering import phrases
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

__all__ = ["CARDS", "cards"]

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
"""The cards there are, the most urgent first."""


def cards(ids: Iterable[str], language: Language) -> tuple[FirstAid, ...]:
    """The cards `ids`, each once, in the order given; the first line of a text is its heading.

    Raises `CatalogueInvalid` for an id that is not in `CARDS`.
    """
    table = phrases.first_aid(language)
    chosen = tuple(dict.fromkeys(ids))
    if unknown := [id for id in chosen if id not in table]:  # noqa: A001
        raise CatalogueInvalid(f"there is no first-aid card {unknown}")
    return tuple(
        FirstAid(id=card, text=table[card]["text"].strip(), source=table[card]["source"])
        for card in chosen
    )
