"""Cantonese put into written Chinese, and the plainest words of other languages into English.

So that the rules, which know written Chinese and English, understand the rest too. The words
stand in `tongues.toml`.
"""

from functools import cache
from typing import Any

from bot.vocabulary.matching import Folded, Phrases, longest
from embeddings.datafiles import table

__all__ = ["in_known_words"]


@cache
def _tables() -> dict[str, Any]:
    return table(__file__, "tongues.toml")


@cache
def _phrases(table: str) -> Phrases[str]:
    rows: dict[str, str] = _tables()[table]
    return Phrases((_open(word), meant) for word, meant in rows.items())


def _open(word: str) -> str:
    """Endings follow without a space where words are not set apart: 죽고 싶어요, 息してない."""
    return word if word[0] < "\u0e00" else f"*{word}*"


@cache
def _marks() -> tuple[str, ...]:
    return tuple(Folded.of(mark).text for mark in _tables()["marks"])


def in_known_words(folded: str) -> str:
    """Return a folded text with Cantonese and foreign words replaced by those that rules know."""
    if not folded.isascii() and any(mark in folded for mark in _marks()):
        folded = _replaced(folded, "cantonese", "")
    return _replaced(folded, "other", " ")


def _replaced(text: str, table: str, around: str) -> str:
    parts, place = [], 0
    for start, end, meant in longest(_phrases(table).scan(text)):
        if start >= place:
            parts += [text[place:start], around, meant, around]
            place = end
    return "".join((*parts, text[place:]))
