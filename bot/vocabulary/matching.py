"""Finding many phrases in a text in one pass, written in Chinese, Latin letters or both.

An automaton over characters (Aho and Corasick 1975, "Efficient string matching", CACM 18:6): the
time is linear in the length of the text and the number of finds, and independent of how many
phrases there are. Regular expressions of this size would be neither.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from bot.vocabulary.spans import Spans
from embeddings.errors import CatalogueInvalid
from embeddings.text.tokens import fold

__all__ = ["Folded", "Hit", "Phrases", "Words", "alternatives", "longest"]

T = TypeVar("T")

_SEPARATORS = frozenset(" -_.·‐‑–")
_MOST = 3
"""How many separators may stand where a phrase has one."""


class Hit(NamedTuple, Generic[T]):
    """A phrase that occurs at `[start, end)`, with what it was entered with."""

    start: int
    end: int
    value: T


@cache
def _folded(character: str) -> str:
    return fold(character)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as phrases are compared with it: folded, apostrophes gone, white space single.

    `places[i]` is the offset in the original text of the character that became `text[i]`;
    one more entry holds the original's length.
    """

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> "Folded":
        """Fold `original` character by character, so that offsets survive."""
        characters: list[str] = []
        places: list[int] = []
        for place, character in enumerate(original):
            for folded in _folded(character) if character not in "'’‘`" else "":
                if folded.isspace():
                    folded = " "
                    if characters and characters[-1] == " ":
                        continue
                characters.append(folded)
                places.append(place)
        places.append(len(original))
        return cls("".join(characters), tuple(places))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original of `text[start:end]`, which is not empty."""
        return self.places[start], self.places[end - 1] + 1


def _wordlike(character: str) -> bool:
    return character < "\u2e80" and character.isalnum()


class _Entry(NamedTuple, Generic[T]):
    """A phrase: how many separators may stand after each character, and what around it."""

    gaps: tuple[int, ...]
    open_start: bool
    open_end: bool
    after_digit: bool
    value: T


def _parsed(phrase: str, value: T) -> tuple[str, _Entry[T]]:
    """Return the letters of a phrase without separators, and its entry."""
    body = Folded.of(phrase.strip("*#")).text.strip()
    if not body or set(body) <= _SEPARATORS:
        raise CatalogueInvalid(f"a phrase without a letter: {phrase!r}")
    letters: list[str] = []
    gaps: list[int] = []
    for character in body.lstrip("".join(_SEPARATORS)):
        if character in _SEPARATORS:
            gaps[-1] += _MOST
        else:
            letters.append(character)
            gaps.append(0)
    open_start = phrase.startswith(("*", "#")) or not _wordlike(body[0])
    open_end = phrase.endswith("*") or not _wordlike(body[-1])
    inner = (*gaps[:-1], 0)
    return "".join(letters), _Entry(inner, open_start, open_end, phrase.startswith("#"), value)


class Phrases(Generic[T]):
    """Phrases with a value each. A phrase in Latin letters matches whole words only.

    A `*` at either end of a phrase lifts that; a `#` before it asks for a digit there. A space
    or hyphen in it stands for any separator or none (`special k`: `special-k`, `specialk`).
    Phrases are folded as texts are.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._entries: dict[str, list[_Entry[T]]] = {}
        for phrase, value in phrases:
            letters, entry = _parsed(phrase, value)
            self._entries.setdefault(letters, []).append(entry)
        self._automaton = ahocorasick.Automaton()
        for letters in self._entries:
            self._automaton.add_word(letters, letters)
        if self._entries:
            self._automaton.make_automaton()

    def scan(self, text: str) -> list[Hit[T]]:
        """Return every occurrence in folded `text`, overlapping ones too, by start."""
        if not self._entries:
            return []
        places = [i for i, character in enumerate(text) if character not in _SEPARATORS]
        letters = text if len(places) == len(text) else "".join([text[i] for i in places])
        hits = [
            hit
            for last, found in self._automaton.iter(letters)
            for hit in self._at(text, places[last + 1 - len(found) : last + 1], found)
        ]
        hits.sort(key=lambda hit: hit[:2])
        return hits

    def _at(self, text: str, places: list[int], letters: str) -> Iterator[Hit[T]]:
        """Yield the phrases of these letters that stand at these places of the text."""
        start, end = places[0], places[-1] + 1
        close = end - start == len(places)
        inside = start > 0 and _wordlike(text[start - 1]) and _wordlike(text[start])
        cut = end < len(text) and _wordlike(text[end - 1]) and _wordlike(text[end])
        digit = start > 0 and text[start - 1].isdigit()
        for entry in self._entries[letters]:
            if (
                (entry.open_start or not inside)
                and (entry.open_end or not cut)
                and (digit or not entry.after_digit)
                and (close or _spaced(places, entry.gaps))
            ):
                yield Hit(start, end, entry.value)


def _spaced(places: list[int], gaps: tuple[int, ...]) -> bool:
    """Whether separators stand only where a phrase may have them, and not too many."""
    return all(
        after - before - 1 <= most
        for (before, after), most in zip(pairwise(places), gaps, strict=False)
    )


_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")


class Words:
    """Words to find in a text as it stands: Chinese anywhere, Latin only whole, none in `never`.

    For texts that are normalised and in lower case already, where every place counts: nothing is
    folded here, and no separator stands for another, as in `Phrases`.
    """

    def __init__(self, words: Iterable[str], never: Iterable[str] = ()) -> None:
        self._words = frozenset(word.lower() for word in words)
        self._lengths = sorted({len(word) for word in self._words}, reverse=True)
        self._automaton = ahocorasick.Automaton()
        for word in self._words.union(word.lower() for word in never):
            self._automaton.add_word(word, (len(word), word in self._words))
        self._automaton.make_automaton()

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of each, overlapping ones too, sorted."""
        if not self._words:
            return []
        found: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
        for last, (length, meant) in self._automaton.iter(text):
            run = last + 1 - length, last + 1
            if _stands(text, *run):
                found[meant].append(run)
        longer = Spans(found[False])
        return sorted(run for run in found[True] if not longer.cover(*run))

    def at(self, text: str, place: int) -> bool:
        """Whether one of the words begins at `place`, be it a part of one of `never`."""
        return self.length(text, place) > 0

    def length(self, text: str, place: int) -> int:
        """Return how long the longest word is that `at` finds at `place`; 0 where none begins."""
        runs = (text[place : place + length] for length in self._lengths)
        found = (
            len(run)
            for run in runs
            if run in self._words and _stands(text, place, place + len(run))
        )
        return next(found, 0)


def _stands(text: str, start: int, end: int) -> bool:
    """Whether a word in `text[start:end]` is no Latin one, or stands there by itself.

    No letter is right beside it, and no digit before it where it begins with one.
    """
    if not text[start:end].isascii():
        return True
    before = text[start - 1 : start]
    inside = before in _LATIN or (before.isdigit() and text[start].isdigit())
    return not inside and text[end : end + 1] not in _LATIN


def longest(hits: Iterable[Hit[T]]) -> list[Hit[T]]:
    """Return the hits that no longer hit overlaps, by start; those on one place all stay."""
    kept: list[Hit[T]] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end or hit[:2] == kept[-1][:2]:
            kept.append(hit)
    return kept


def alternatives(words: Iterable[str]) -> str:
    """Return words as alternatives of an expression of which they are a part, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
