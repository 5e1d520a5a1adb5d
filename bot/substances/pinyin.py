"""Chinese as it sounds: homophones, and Chinese typed in Latin letters without tones."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin

from bot.vocabulary.text import Text

__all__ = ["Sounds", "Syllable", "sound", "sounds_of"]

_TOKEN = re.compile(r"[a-z]+|[\u4e00-\u9fff]|[^a-z\s]")
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|uai|uan|ian|iao|ang|eng|ing|ong|ua|ue|ui|un|uo|ia|ie|iu|in|ai|an|ao"
    r"|ei|en|er|ou|ve|a|e|i|o|u|v)"
)
# What people do not distinguish when they type by ear: zh/z, ch/c, sh/s, a final -ng, ü.
_BY_EAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("v", "u"), ("ü", "u"))
# A text counts as typed in pinyin from this share of its Latin words on.
_PINYIN_SHARE = 0.8


class Syllable(NamedTuple):
    """How a character or a typed syllable at `[start, end)` of the text sounds."""

    start: int
    end: int
    heard: str
    typed: bool


def _ear(syllable: str) -> str:
    for spelling, heard in _BY_EAR:
        syllable = syllable.replace(spelling, heard)
    return syllable


@cache
def _character(character: str) -> str:
    return _ear(lazy_pinyin(character, style=Style.NORMAL)[0])


def sound(phrase: str) -> tuple[str, ...]:
    """Return how the Chinese of `phrase` sounds, or nothing if it holds anything else."""
    if not phrase or not all("\u4e00" <= character <= "\u9fff" for character in phrase):
        return ()
    return tuple(_character(character) for character in phrase)


def _split(word: str, start: int) -> Iterator[Syllable] | None:
    """Cut a Latin word into pinyin syllables, longest first; None if it is no pinyin."""
    found, place = [], 0
    while place < len(word):
        match = _SYLLABLE.match(word, place)
        if match is None:
            return None
        end = match.end()
        # xian-guo, but xi-nan-guo: leave the n or g to a vowel that follows it.
        if end < len(word) and word[end] in "aeiou" and word[end - 1] in "ng" and end - place > 2:
            end -= 1
        found.append(Syllable(start + place, start + end, _ear(word[place:end]), True))
        place = end
    return iter(found)


class Sounds:
    """A folded text as a line of syllables, so that phrases can be looked for by sound.

    `text` holds the syllables with a space around each; `syllables[i]` begins at `starts[i]`
    of it. What has no sound is a `|`. `pinyin` says whether the Latin words are pinyin.
    """

    def __init__(self, folded: str) -> None:
        words = spelt = 0
        self.syllables: list[Syllable] = []
        for token in _TOKEN.finditer(folded):
            value, start = token.group(), token.start()
            if value[0].isascii() and value.isalpha():
                words += 1
                cut = _split(value, start)
                spelt += cut is not None
                self.syllables.extend(cut or [Syllable(start, token.end(), "|", True)])
            elif "\u4e00" <= value <= "\u9fff":
                self.syllables.append(Syllable(start, start + 1, _character(value), False))
            else:
                self.syllables.append(Syllable(start, start + 1, "|", False))
        self.pinyin = words >= 2 and spelt >= _PINYIN_SHARE * words
        self.text, self.starts = self._line()

    def _line(self) -> tuple[str, dict[int, int]]:
        parts, starts, place = [], {}, 0
        for index, syllable in enumerate(self.syllables):
            starts[place] = index
            parts.append(syllable.heard)
            place += len(syllable.heard) + 1
        return " ".join(parts), starts

    def run(self, start: int, end: int) -> list[Syllable]:
        """Return the syllables of `text[start:end]`."""
        first = self.starts[start]
        count = self.text.count(" ", start, end) + 1
        return self.syllables[first : first + count]


def sounds_of(text: Text) -> Sounds:
    """Return how a text sounds, worked out once."""
    return text.once(Sounds, lambda: Sounds(text.folded.text))
