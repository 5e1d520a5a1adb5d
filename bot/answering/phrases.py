"""Every fixed sentence that the program says, from one TOML catalogue per language.

The program generates no text: whatever on the screen is no quotation stands in
`phrases/<language>.toml`, where a moderator can read and correct it. A catalogue has the tables

- `messages`: what an answer says (`Message.id` is the key),
- `names`: what topics, withheld runs, kinds of sources and of contacts are called,
- `problems`: what an error says to a visitor,
- `ui`: the words on chat, widget, source viewer and their buttons,
- `review`: the words on the moderators' pages,
- `first_aid`: the cards of `bot.answering.firstaid`.

Where a sentence speaks of the mark in a quotation it says `{mark}`. The three languages hold the
same keys with the same placeholders, and no fixed sentence holds a digit: telephone numbers stand
in `contacts.toml` alone, amounts nowhere.
"""

from collections.abc import Mapping
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Any, get_args

from bot.answer import MARK, Message
from embeddings.datafiles import table
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

__all__ = [
    "check",
    "filled",
    "first_aid",
    "languages",
    "placeholders",
    "review",
    "sentence",
    "sentences",
    "ui",
]

SAID = ("messages", "names", "problems")
FLAT = (*SAID, "ui", "review")
AROUND = (
    "header_not_a_person",
    "nobody_reads_this_now",
    "local_emergency_number",
    "emergency_intro",
    "crisis_intro",
)
"""Messages that an interface also shows without an answer from the server."""

Catalogue = Mapping[str, Any]


def languages() -> tuple[Language, ...]:
    """The languages of the interface, the first being the one to fall back on."""
    return get_args(Language)


def sentence(key: str, language: Language) -> str:
    """The sentence `key` as it ships: of the messages, names and problems.

    Raises `CatalogueInvalid` where there is none: a mistake of the program, found by its tests.
    """
    text = _said(language).get(key)
    if text is None:
        raise CatalogueInvalid(f"phrases/{language}.toml has no sentence '{key}'")
    return text


def filled(key: str, text: str, values: Mapping[str, str]) -> Message:
    """A sentence with its placeholders filled; values that it has no place for are ignored.

    Raises `CatalogueInvalid` where a value is missing.
    """
    try:
        return Message(id=key, text=text.format_map(values))
    except KeyError as missing:
        raise CatalogueInvalid(f"the sentence '{key}' needs a value for {missing}") from missing


@cache
def ui(language: Language) -> Mapping[str, str]:
    """The words of the visitor's interface, with names, problems and what stands around them."""
    catalogue = _catalogues()[language]
    around = {key: catalogue["messages"][key] for key in AROUND}
    words = {**around, **catalogue["names"], **catalogue["problems"], **catalogue["ui"]}
    return MappingProxyType(words)


@cache
def review(language: Language) -> Mapping[str, str]:
    """The words of the moderators' pages, with the names and buttons that they share."""
    return MappingProxyType({**ui(language), **_catalogues()[language]["review"]})


def first_aid(language: Language) -> Mapping[str, Mapping[str, str]]:
    """The table of first-aid cards as it ships: id to `text` (one step a line) and `source`."""
    cards: Mapping[str, Mapping[str, str]] = _catalogues()[language]["first_aid"]
    return cards


def sentences(language: Language) -> Mapping[str, str]:
    """The sentences of answers as they ship, by their keys: those that may be put otherwise."""
    return MappingProxyType(_catalogues()[language]["messages"])


def placeholders(text: str) -> frozenset[str]:
    """The names in braces in `text`; raises `CatalogueInvalid` where a brace is left open."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise CatalogueInvalid(f"a phrase cannot be filled in ({error}): {text}") from error
    return frozenset(name for _, name, _, _ in parts if name is not None)


def check(catalogues: Mapping[Language, Catalogue]) -> None:
    """Raise `CatalogueInvalid` unless all languages say the same things with the same values."""
    first, *others = languages()
    for part in (*FLAT, "first_aid"):
        for language in others:
            _same_keys(part, first, language, catalogues)
    for language, catalogue in catalogues.items():
        for part in FLAT:
            for key, text in catalogue[part].items():
                _check_phrase(f"phrases/{language}.toml: {part}.{key}", text)
                if placeholders(text) != placeholders(catalogues[first][part][key]):
                    raise CatalogueInvalid(
                        f"{part}.{key} has other placeholders in {language} than in {first}"
                    )
        for key, card in catalogue["first_aid"].items():
            _check_card(f"phrases/{language}.toml: first_aid.{key}", card)


def _same_keys(
    table: str, first: Language, language: Language, catalogues: Mapping[Language, Catalogue]
) -> None:
    one, other = catalogues[first].get(table), catalogues[language].get(table)
    if not one or not other:
        raise CatalogueInvalid(f"phrases/{language if one else first}.toml has no table '{table}'")
    if uneven := sorted(one.keys() ^ other.keys()):
        raise CatalogueInvalid(
            f"phrases/{first}.toml and phrases/{language}.toml differ in {table}: "
            + ", ".join(uneven)
        )


def _check_phrase(where: str, text: object) -> None:
    if not isinstance(text, str) or not text.strip():
        raise CatalogueInvalid(f"{where} is empty or no text")
    if found := sorted(set(filter(str.isdigit, text))):
        raise CatalogueInvalid(f"{where} holds the digits {found}; numbers belong to contacts.toml")


def _check_card(where: str, card: object) -> None:
    if not isinstance(card, dict) or card.keys() != {"text", "source"}:
        raise CatalogueInvalid(f"{where} needs a text and a source, and nothing else")
    _check_phrase(where, card["text"])
    if not isinstance(card["source"], str) or not card["source"].strip():
        raise CatalogueInvalid(f"{where} names no source")


@cache
def _said(language: Language) -> Mapping[str, str]:
    catalogue = _catalogues()[language]
    return {key: text for table in SAID for key, text in catalogue[table].items()}


@cache
def _catalogues() -> Mapping[Language, Catalogue]:
    catalogues = {language: _load(language) for language in languages()}
    check(catalogues)
    return catalogues


def _load(language: Language) -> Catalogue:
    return _marked(table(__file__, f"phrases/{language}.toml"))


def _marked(read: Catalogue) -> Catalogue:
    """Put the mark of what is withheld where a sentence speaks of it as `{mark}`."""

    def marked(value: Any) -> Any:  # noqa: ANN401 -- whatever TOML holds
        if isinstance(value, dict):
            return _marked(value)
        return value.replace("{mark}", MARK) if isinstance(value, str) else value

    return {key: marked(value) for key, value in read.items()}
