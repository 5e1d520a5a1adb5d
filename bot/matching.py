"""Finding many phrases in a text in one pass, written in Chinese, Latin letters or both.

A trie over characters (Knuth, TAOCP 3, section 6.3) read from each place in the text: the time
is linear in the length of the text, whatever the text is, and independent of how many phrases
there are. Regular expressions of this size would be neither.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from embeddings.errors import CatalogueInvalid
from embeddings.tokens import fold

__all__ = ["Folded", "Hit", "Phrases", "longest"]

T = TypeVar("T")

_SEPARATORS = frozenset(" -_.·‐‑–")


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


def _skip(text: str, place: int) -> int:
    """Return where up to three separators from `place` on end."""
    end = min(len(text), place + 3)
    while place < end and text[place] in _SEPARATORS:
        place += 1
    return place


class _End(NamedTuple, Generic[T]):
    """A phrase that ends at a node, and what may stand around it."""

    open_start: bool
    open_end: bool
    after_digit: bool
    value: T


class _Node(Generic[T]):
    __slots__ = ("children", "ends")

    def __init__(self) -> None:
        self.children: dict[str, _Node[T]] = {}
        self.ends: tuple[_End[T], ...] = ()


class Phrases(Generic[T]):
    """Phrases with a value each. A phrase in Latin letters matches whole words only.

    A `*` at either end of a phrase lifts that; a `#` before it asks for a digit there. A space
    or hyphen in it stands for any separator or none (`special k`: `special-k`, `specialk`).
    Phrases are folded as texts are.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for phrase, value in phrases:
            self._add(phrase, value)

    def _add(self, phrase: str, value: T) -> None:
        body = Folded.of(phrase.strip("*#")).text.strip()
        if not body or set(body) <= _SEPARATORS:
            raise CatalogueInvalid(f"a phrase without a letter: {phrase!r}")
        node = self._root
        for character in body:
            key = " " if character in _SEPARATORS else character
            node = node.children.setdefault(key, _Node())
        open_start = phrase.startswith(("*", "#")) or not _wordlike(body[0])
        open_end = phrase.endswith("*") or not _wordlike(body[-1])
        node.ends += (_End(open_start, open_end, phrase.startswith("#"), value),)

    def scan(self, text: str) -> Iterator[Hit[T]]:
        """Yield every occurrence in folded `text`, overlapping ones too, by start."""
        first = self._root.children
        inside = False
        for start, character in enumerate(text):
            if character in first:
                yield from self._from(text, start, inside and _wordlike(character))
            inside = _wordlike(character)

    def _from(self, text: str, start: int, inside: bool) -> Iterator[Hit[T]]:
        pending = [(start, self._root)]
        while pending:
            place, node = pending.pop()
            if node.ends:
                cut = place < len(text) and _wordlike(text[place - 1]) and _wordlike(text[place])
                digit = start > 0 and text[start - 1].isdigit()
                for end in node.ends:
                    if (
                        (end.open_start or not inside)
                        and (end.open_end or not cut)
                        and (digit or not end.after_digit)
                    ):
                        yield Hit(start, place, end.value)
            if place < len(text) and text[place] in node.children:
                pending.append((place + 1, node.children[text[place]]))
            if " " in node.children:
                pending.append((_skip(text, place), node.children[" "]))


def longest(hits: Iterable[Hit[T]]) -> list[Hit[T]]:
    """Return the hits that no longer hit overlaps, by start; those on one place all stay."""
    kept: list[Hit[T]] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end or hit[:2] == kept[-1][:2]:
            kept.append(hit)
    return kept
