"""Which of the three languages of the program a text is in."""

import re
from functools import cache

from opencc import OpenCC

from embeddings.documents import Language
from embeddings.text.scripts import HAN

__all__ = ["detect", "foreign"]

_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
# Words that carry a sentence but no subject: a question about "MDMA and ketamine" is in the
# language of its grammar, not of its names.
_ENGLISH = re.compile(
    r"\b(?:a|about|after|and|any|are|at|be|been|but|by|can|could|did|do|does|for|from|get|had|has"
    r"|have|how|i|if|in|into|is|it|long|me|mix|my|of|on|or|safe|should|so|take|than|that|the|their"
    r"|them|there|they|this|to|was|were|what|when|where|which|while|who|why|will|with|would|you"
    r"|your)\b",
    re.IGNORECASE | re.ASCII,
)
_CHINESE = re.compile(
    "[的了吗嗎呢么麼吧啊是有在会會能可和与與跟怎什为為多不没沒也就都还還这這那哪谁誰被把让讓]"
)

_KANA = re.compile("[\u3041-\u30ff]")
_OWN = 0.7  # share of letters of a text in Chinese or English that are Chinese or Latin
_SOME = 0.08  # share of words of a text that are of the grammar of another language
_OTHER = re.compile(
    r"\b(?:der|das|und|ist|nicht|ein|eine|mit|von|werden|les|des|est|une|dans|pour|avec|qui|sont|los|las|que"
    r"|del|por|para|una|con|och|att|het|een|van|niet|wordt|della|che|sono|não|uma|são)\b",
    re.IGNORECASE,
)
_WORD_LETTERS = 5.0  # letters that count as one Latin word, so that a long formula is not one
_GRAMMAR = 2  # such words make a text English; one may be part of a name
_WORD_HAN = 1.7  # Chinese characters to a word


def detect(text: str, otherwise: Language | None = None) -> Language:
    """Return the language of `text`: English, or Chinese in the script that it is written in.

    Text that does not tell, such as names and formulas or characters that both scripts share,
    is in the language `otherwise`, say that of its document; without one, in English where it is
    Latin, else `zh-Hans`.
    """
    han = len(_HAN.findall(text))
    words = _WORD.findall(text)
    grammar = len(_ENGLISH.findall(text))
    english = sum(max(0.5, len(word) / _WORD_LETTERS) for word in words) + 2 * grammar
    chinese = han / _WORD_HAN + 2 * len(_CHINESE.findall(text))
    if english > chinese:
        return otherwise if otherwise and grammar < _GRAMMAR else "en"
    return _script(text) or (otherwise if otherwise and otherwise != "en" else "zh-Hans")


def foreign(text: str) -> bool:
    """Say whether a text is in neither Chinese nor English, so that `detect` only guesses.

    Told by its letters where they are of another script; a text in Latin letters by words of
    grammar that English has not.
    """
    letters = sum(character.isalpha() for character in text)
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    latin = sum(map(len, _WORD.findall(text)))
    if letters and (han + latin < _OWN * letters or kana > (1 - _OWN) * letters):
        return True
    words = len(_WORD.findall(text))
    return words > han and len(_OTHER.findall(text)) > _SOME * words


def _script(text: str) -> Language | None:
    """Return the script that more of the characters belong to that only one of them has."""
    traditional = _changed(text, "t2s")
    simplified = _changed(text, "s2t")
    if traditional == simplified:
        return None
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _changed(text: str, to: str) -> int:
    return sum(a != b for a, b in zip(text, _converter(to).convert(text), strict=False))


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)
