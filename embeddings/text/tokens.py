"""Search terms of a text, the same for documents and questions and for every store.

The default tokenisers of search engines fail on Chinese, which has no spaces between words.
Character bigrams need no dictionary and are the standard remedy (Nie, Gao, Zhang & Zhou 2000,
"On the use of words and n-grams for Chinese information retrieval").
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import opencc
import Stemmer

from embeddings.text.radicals import IDEOGRAPHS

__all__ = ["VERSION", "fold", "tokenise"]

VERSION = "2"
"""Changes whenever `fold` or `tokenise` answers differently: an older index is then stale."""

# Hiragana and katakana join in: they too are written without spaces.
_HAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = rf"[^\W_{_HAN}]+"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
# The three kinds of term. A decimal number is whole, its unit a word of its own even where
# printed without a space; a compound is words joined by hyphens.
_TERM = re.compile(
    rf"(?P<han>[{_HAN}]+)"
    rf"|(?P<number>\d+(?:[.,]\d+)+)"
    rf"|(?P<compound>{_WORD}(?:[{_HYPHENS}]{_WORD})*)"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_HYPHEN = re.compile(rf"[{_HYPHENS}]")
# Soft hyphens and zero-width marks split words that a reader sees whole.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# With the possessive s, as in "drug's"; in "don't" the word only closes up.
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['\u2019](?:s\b)?")

_UNSEEN = {**_INVISIBLE, **IDEOGRAPHS}

_local = threading.local()


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """Return `text` with the differences removed that no search should see.

    Unicode NFKC (full-width forms, ligatures, superscripts), radicals to characters, Traditional
    Chinese to Simplified, case folded, invisible marks gone. The result may differ in length:
    offsets do not survive.
    """
    # A lone surrogate can arrive in JSON and is no text: it becomes a question mark.
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFKC", text).translate(_UNSEEN)
    return unicodedata.normalize("NFKC", _simplifier().convert(text).casefold())


def tokenise(text: str) -> list[str]:
    """Return the terms of `text` in reading order, folded, repeated as often as they occur.

    A run of Chinese characters gives its bigrams (its only character where it has just one),
    a Latin word its stem, a number itself. A compound such as `2C-B` or `long-term` gives its
    parts and then the whole without hyphens (`2c`, `b`, `2cb`), so that it is found however a
    person writes it.
    """
    return list(_terms(fold(text)))


def _terms(folded: str) -> Iterator[str]:
    for match in _TERM.finditer(_APOSTROPHE.sub("", folded)):
        run = match.group()
        if match.lastgroup == "han":
            yield from _bigrams(run)
        elif match.lastgroup == "number":
            yield run.replace(",", "") if _THOUSANDS.fullmatch(run) else run
        else:
            yield from _compound(run)


def _bigrams(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for first, second in pairwise(run):
        yield first + second


def _compound(run: str) -> Iterator[str]:
    parts = _HYPHEN.split(run)
    yield from map(_stem, parts)
    # 10-20 is a range of two numbers, not a name.
    if len(parts) > 1 and not all(part.isdigit() for part in parts):
        yield _stem("".join(parts))


def _stem(word: str) -> str:
    if not (word.isascii() and word.isalpha()):
        return word
    # PyStemmer's objects must not be shared between threads.
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("english")
    return str(stemmer.stemWord(word))
