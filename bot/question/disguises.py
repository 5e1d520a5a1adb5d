"""Reading a question through its disguises: width, script, spacing, digits for letters, sound."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from bot.question.decoding import decoded
from bot.question.tongues import in_known_words
from bot.substances.pinyin import Sounds, sound
from bot.substances.spelling import Spelling
from bot.vocabulary.matching import Folded, Phrases, longest
from bot.vocabulary.text import Text
from embeddings.datafiles import table

__all__ = ["Disguises"]

_HAN = "\u3400-\u9fff"
# Chinese needs no spaces; what stands between two characters there is decoration.
# Not underscores in a row: they are a gap that somebody wants filled.
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])(?:_|[\s.*·・|/\\~^+=\-]{{1,3}})(?=[{_HAN}])")
_SPELT_OUT = re.compile(r"(?<![a-z0-9])[a-z0-9@$](?:[ ._*\-|/,]{1,2}[a-z0-9@$](?![a-z0-9])){3,}")
_NOT_LETTER = re.compile(r"[^a-z0-9@$]+")
_WORD = re.compile(r"[^\s\u2e80-\uffff,?;:\"“”]+")
_LONG_WORD = re.compile(r"[a-z]{11,200}")
# So many of one picture are read as words; more say nothing more.
_PICTURES = 5
_REPEATED = re.compile(r"([a-z])\1{2,}")
# Of letters set apart on purpose most must be known words; of one long word, nearly all.
_MOST = 0.6
_NEARLY_ALL = 0.85
_MARKS = re.compile(r"[\u0300-\u036f\ufe00-\ufe0f\u20d0-\u20ff]")
_EAST = re.compile(r"[\u0370-\u058f\u0250-\u02af\u1d00-\u1d7f\ua730-\ua7ff]")
# Letters on coloured badges, flags and invisible tags, which no normalisation form knows.
_BADGES = {
    first + n: chr(ord("a") + n)
    for first in (0x1F150, 0x1F170, 0x1F1E6, 0xE0061)
    for n in range(26)
} | {0xE0020: " "}


@cache
def _disguises() -> dict[str, Any]:
    return table(__file__, "disguises.toml")


@cache
def _letters(table: str) -> dict[int, str]:
    return str.maketrans(_disguises()[table])


def _uncovered(read: Text) -> str:
    """Return a text folded, with pictures as words, and look-alike letters as Latin ones."""
    text = read.original
    if not text.isascii():
        for picture, words in _disguises()["pictures"].items():
            if picture in text:
                text = text.replace(picture, words, _PICTURES).replace(picture, " ")
        text = unicodedata.normalize("NFKD", text.translate(_BADGES))
        text = unicodedata.normalize("NFC", _MARKS.sub("", text))
    plain = read if text == read.original else Text(text)
    folded = in_known_words(plain.folded.text)
    if _EAST.search(folded):
        folded = _WORD.sub(_latin, folded)
    return _BETWEEN_HAN.sub("", folded).strip()


def _latin(match: re.Match[str]) -> str:
    word = match.group()
    mixed = re.search("[a-z]", word) or len(word) > 1
    return word.translate(_letters("lookalikes")) if mixed else word


class Disguises:
    """Gives the readings of a question that the rules are tried on.

    `vocabulary` are the words and phrases that the rules know, in Chinese and Latin letters:
    a disguise is undone only where one of them comes to light.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        phrases = [Folded.of(phrase.strip("*#")).text for phrase in vocabulary]
        latin = {word for p in phrases for word in re.split(r"[^a-z]+", p) if len(word) > 2}
        self._words = frozenset(latin)
        self._spelling = Spelling(_disguises()["keywords"])
        self._inside = Phrases((f"*{word}*", word) for word in latin if len(word) > 3)
        heard = ((sound(p), p) for p in phrases)
        self._spoken = Phrases((" ".join(s), p) for s, p in heard if len(s) > 1)

    def undone(self, question: Text, *, thorough: bool = True) -> tuple[str, ...]:
        """Return the ways to read `question`, the plainest first, all folded.

        Unless `thorough`, only the plainest: for texts that are too long to be a question.
        """
        plain = _WORD.sub(self._unmasked, _uncovered(question))
        if not thorough:
            return (plain,)
        codes = decoded(question.original, self._words)
        undone = [self._joined(_uncovered(Text(one))) for one in codes]
        joined = self._joined(plain)
        return tuple(dict.fromkeys((plain, *undone, joined, self._chinese(joined) or joined)))

    def _joined(self, plain: str) -> str:
        """Return a text with letters that stand apart joined, and slips of the key put right."""
        joined = _LONG_WORD.sub(self._apart, _SPELT_OUT.sub(self._together, plain))
        return self._spelt_right(joined)

    def _unmasked(self, match: re.Match[str]) -> str:
        """Undo digits for letters and drawn-out letters in one word."""
        word = match.group()
        core = word.rstrip(".!")
        if core.isalpha():
            once = _REPEATED.sub(r"\1", core)
            return once if once != core and once in self._words else _REPEATED.sub(r"\1\1", word)
        for one in ("i", "l"):
            letters = core.translate(_letters("leet") | {ord("1"): one})
            if letters in self._words and any(c.isalpha() for c in core):
                return letters
        return word

    def _spelt_right(self, text: str) -> str:
        """Return `text` with one wrong letter put right in words that signs hang on."""
        for start, end, word in reversed(list(self._spelling.scan(text))):
            if text[start:end] not in self._words:
                text = text[:start] + word + text[end:]
        return text

    def _together(self, match: re.Match[str]) -> str:
        run = _NOT_LETTER.sub("", match.group())
        letters = run.translate(_letters("leet")) if any(c.isalpha() for c in run) else run
        return self._cut(letters, _MOST) or match.group()

    def _apart(self, match: re.Match[str]) -> str:
        word = match.group()
        return word if word in self._words else self._cut(word, _NEARLY_ALL) or word

    def _cut(self, letters: str, share: float) -> str:
        """Set spaces around the known words that make up `share` of `letters`, written as one."""
        found = longest(self._inside.scan(letters))
        if sum(hit.end - hit.start for hit in found) < share * len(letters):
            return letters if letters in self._words else ""
        parts, place = [], 0
        for hit in found:
            parts += [letters[place : hit.start], letters[hit.start : hit.end]]
            place = hit.end
        return " ".join(filter(None, (*parts, letters[place:])))

    def _chinese(self, folded: str) -> str:
        """Return a text typed in pinyin as the Chinese words that it may stand for, or ''."""
        sounds = Sounds(folded)
        if not sounds.pinyin:
            return ""
        words = {hit[:2]: hit for hit in longest(self._spoken.scan(sounds.text))}.values()
        parts, place = [], 0
        for hit in words:
            run = sounds.run(hit.start, hit.end)
            first = sounds.starts[hit.start]
            parts += [*self._syllables(sounds, folded, place, first), hit.value]
            place = first + len(run)
        return "".join((*parts, *self._syllables(sounds, folded, place, len(sounds.syllables))))

    @staticmethod
    def _syllables(sounds: Sounds, folded: str, start: int, end: int) -> list[str]:
        known: dict[str, str] = _disguises()["syllables"]
        spelt = (folded[s.start : s.end] for s in sounds.syllables[start:end])
        return [known.get(syllable, syllable) for syllable in spelt]
