"""Whether the letters of a text are of a language, or only what a broken font makes of them.

The fonts in some PDF files name their shapes wrongly or not at all. What is taken out of them then
mixes scripts that no language mixes, holds letters of private use, or Chinese characters that
nobody writes, or Latin words without vowels.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

__all__ = ["is_gibberish"]

_FEW = 20  # letters; less tells nothing
_STRANGE = 0.1  # share of letters of private use, unmapped, or of a second foreign script
_RARE = 0.5  # share of Chinese characters that are in no table of the common ones
_VOWELLESS = 0.45
_WORD = re.compile(r"[A-Za-z]{3,}")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_UNMAPPED = re.compile(r"\(cid:\d+\)|/(?:g|G|uni|cid)\d{1,5}\b")
_AT_HOME = {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC"}
_SYMBOLS = {
    "GREEK",
    "MICRO",
    "OHM",
    "KELVIN",
    "ANGSTROM",
    "SCRIPT",
    "DOUBLE-STRUCK",
    "MATHEMATICAL",
}


@cache
def _script(letter: str) -> str:
    """Return the script of a letter, the first word of its name; "" for private use."""
    name = unicodedata.name(letter, "").split(" ")[0]
    return "LATIN" if name in ("FULLWIDTH", "FEMININE", "MASCULINE") else name


def is_gibberish(text: str) -> bool:
    """Say whether most of a text cannot be read by anybody."""
    marks = len(_UNMAPPED.findall(text))
    letters = [c for c in text if c.isalpha() or unicodedata.category(c) in ("Co", "Cn")]
    letters += [c for c in text if c == "\ufffd"]
    if len(letters) + marks < _FEW:
        return False
    scripts = Counter(_script(letter) for letter in letters)
    unknown = scripts.pop("", 0) + scripts.pop("REPLACEMENT", 0) + marks
    foreign = [n for name, n in scripts.items() if name not in _AT_HOME and name not in _SYMBOLS]
    second = sum(sorted(foreign)[:-1])
    if unknown + second > _STRANGE * (len(letters) + marks):
        return True
    return _is_rare(letters) or _is_vowelless(text)


def _is_rare(letters: list[str]) -> bool:
    han = [letter for letter in letters if _script(letter) == "CJK"]
    return len(han) >= _FEW and sum(map(_rare, han)) > _RARE * len(han)


@cache
def _rare(character: str) -> bool:
    for encoding, last in (("gb2312", 0xD7), ("big5", 0xC6)):
        try:
            code = character.encode(encoding)
        except UnicodeEncodeError:
            continue
        if code[0] <= last:
            return False
    return True


def _is_vowelless(text: str) -> bool:
    words = [word for word in _WORD.findall(text) if not word.isupper()]
    without = sum(not _VOWEL.search(word) for word in words)
    return len(words) >= _FEW and without > _VOWELLESS * len(words)
