"""Which parts of a very long text to read for danger, so that any length takes little time.

A question has a thousand characters at most; what is longer is no question, but may still hold a
cry for help, at the start, at the end or buried in the middle. The middle is gone through once,
by an automaton (Aho & Corasick 1975), for the words of the rules about danger. The places where
most of them stand together are read with all rules.
"""

import re
from collections import Counter, defaultdict
from functools import cache

import ahocorasick

from bot.question.danger import danger_words
from bot.question.rules import signs
from bot.vocabulary.matching import Folded
from embeddings.text.tokens import fold

__all__ = ["LONG", "parts", "sentences"]

LONG = 1_000
"""Texts that are longer are skimmed."""

_ENDS = 500
# The middle is looked at in stretches; so many of the most pressing ones are read.
_STRETCH = 120
_AROUND = 60
_MOST = 10
# A word of certain danger counts as much as so many words that stand with danger too.
_CERTAIN = 6.0
_ENDED = re.compile(r"[\n。！？!?；;]+|\.\s")
_SHORTEST = 3
_GAPS = re.compile(r"[\s'’‘`\-_.·‐‑–]+")


def sentences(part: str) -> list[str]:
    """Return the sentences of one part, those that are no longer than a question."""
    return [s.strip() for s in _ENDED.split(part) if _SHORTEST < len(s.strip()) <= _STRETCH]


def parts(text: str) -> tuple[str, ...]:
    """Return the start of a long text, its end, and what may be danger in between."""
    middle = fold(text[_ENDS:-_ENDS])
    return (text[:_ENDS], text[-_ENDS:], *_pressing(middle))


def _pressing(text: str) -> list[str]:
    """Return the stretches of a folded text that hold most words of danger, no two alike."""
    places, letters = _letters(text)
    scores = _scores(letters)
    found: dict[str, None] = {}
    for stretch in sorted(scores, key=lambda s: (-scores[s], s)):
        first = stretch * _STRETCH
        last = min(first + _STRETCH, len(letters)) - 1
        found[text[max(0, places[first] - _AROUND) : places[last] + _AROUND]] = None
        if len(found) == _MOST:
            break
    return list(found)


def _letters(text: str) -> tuple[range | list[int], str]:
    """Return a text without what separates letters, and where each letter stood."""
    if not _GAPS.search(text):
        return range(len(text)), text
    places = [place for run in re.finditer(_WORDS, text) for place in range(*run.span())]
    return places, _GAPS.sub("", text)


_WORDS = re.compile(r"[^\s'’‘`\-_.·‐‑–]+")


def _scores(letters: str) -> dict[int, float]:
    """Return how much of danger is in each stretch of a text.

    A word counts the less the more stretches it stands in: what runs through a whole text is its
    subject, and a cry for help stands out from it (Sparck Jones 1972, inverse frequency).
    """
    words = defaultdict(set)
    for last, word in _automaton().iter(letters):
        words[last // _STRETCH].add(word)
    often = Counter(word for found in words.values() for word in found)
    return {
        stretch: sum(_weights()[word] / often[word] for word in found)
        for stretch, found in words.items()
    }


@cache
def _weights() -> dict[str, float]:
    """Return what each word of danger tells, without separators."""
    plain = frozenset[str]().union(*danger_words().values())
    weights = {}
    for word in sorted(signs().words_of("emergency", "crisis") | plain):
        bare = _GAPS.sub("", Folded.of(word.strip("*#")).text)
        if len(bare) > 1:
            weights[bare] = _length(bare) * (_CERTAIN if word in plain else 1.0)
    return weights


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in _weights():
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


def _length(word: str) -> float:
    """Return how much a word tells by its length; a Chinese character tells more."""
    return sum(1.0 if character >= "\u2e80" else 0.3 for character in word)
