"""A run of a question that is personal, and the words around it that tell."""

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from bot.vocabulary.matching import alternatives
from embeddings.datafiles import table

__all__ = ["BEFORE", "Kind", "Span", "announced", "any_of", "cues", "digits", "group"]

Kind = Literal["url", "email", "id", "card", "handle", "birth", "phone", "address", "name", "kept"]
"""What a run is. `kept` ones only look like personal data: no later rule may take them."""

BEFORE: Final = 20
"""How many characters before a number are searched for the words that announce it."""


class Span(NamedTuple):
    """The run `text[start:end]` of a question."""

    start: int
    end: int
    kind: Kind


@cache
def cues() -> dict[str, dict[str, Any]]:
    """The lists of `redaction.toml`. Raises CatalogueInvalid where the file is no TOML."""
    return table(__file__, "redaction.toml")


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first; Latin ones only as whole words."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(
        (r"(?<![A-Za-z0-9])" if word[0].isascii() and word[0].isalnum() else "")
        + re.escape(word).replace(r"\ ", r"\s{1,3}")
        + (r"(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else "")
        for word in ordered
    )


def group(table: str, name: str) -> str:
    """A group for any word of a list in `redaction.toml`, as it stands there."""
    return f"(?:{alternatives(cues()[table][name])})"


def digits(text: str) -> str:
    """The digits of `text` alone."""
    return "".join(each for each in text if each.isdigit())


@cache
def announcing(kind: str, near: bool) -> re.Pattern[str]:
    """Matches a run that holds a cue of `kind` and no other number after it.

    `near`: nothing but what joins the two stands between.
    """
    between = rf"(?:\s|[:#=]|{group('cues', 'joining')}){{0,4}}" if near else r"[^\d]*"
    return re.compile(rf"(?:{any_of(cues()['cues'][kind])}){between}$", re.IGNORECASE)


def announced(text: str, start: int, kinds: Collection[str], *, near: bool = False) -> bool:
    """Whether the characters just before `start` say that a number of one of `kinds` follows."""
    before = text[max(0, start - BEFORE) : start]
    return any(announcing(kind, near).search(before) for kind in kinds)
