"""Character classes of Chinese and Latin text, shared by cleaning, sentences and chunking."""

import re

__all__ = ["CLOSING", "HAN", "QUOTES", "WIDE", "columns", "weight"]

# For use inside a character class. Han: the unified ideographs with extensions A to H, the
# iteration mark and zero. Wide: CJK and full-width punctuation. Quotes: marks that Chinese and
# Latin text share.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
WIDE = "\u3001-\u3004\u3006\u3008-\u3020\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
QUOTES = "\u2018\u2019\u201c\u201d\u2014\u2026\u00b7"
CLOSING = "\"'\u2019\u201d\\)\\]\uff09\uff3d\u3011\u300d\u300f\u300b\u3009\u3015"

_HAN = re.compile(f"[{HAN}]")
_DOUBLE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60"
    "\U00020000-\U0003fffd]"
)

# A Chinese character says about as much as this many Latin ones (TICO-19: 2.5 to 2.7).
_LATIN_PER_HAN = 2.5


def columns(line: str) -> int:
    """Return how many columns a line takes in print: two for each wide character."""
    return len(line) + len(_DOUBLE.findall(line))


def weight(text: str) -> float:
    """Return the length of a text in Chinese characters; a Latin one counts for 0.4."""
    han = len(_HAN.findall(text))
    return han + (len(text) - han) / _LATIN_PER_HAN
