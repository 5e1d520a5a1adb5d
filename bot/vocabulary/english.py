"""Which Latin words are English, so that one that is not may be a name that nobody knows."""

from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.vocabulary.concepts import concept_words
from bot.vocabulary.ordinary import english_words, ordinary_words
from bot.vocabulary.topics import topics_of_questions
from embeddings.datafiles import table

__all__ = ["is_english", "is_word", "words"]

_SLIP, _TWO_SLIPS = 5, 9
"""From so many letters on, a word with one wrong letter is still that word, or with two."""

_INFLECTED = {
    "s": ("",), "es": ("",), "ies": ("y",), "ed": ("", "e"), "ied": ("y",), "ing": ("", "e"),
    "er": ("", "e"), "ers": ("", "e"), "ly": ("",), "est": ("", "e"),
}  # fmt: skip
"""Endings of inflected words, and what stands in their place in the word itself."""

_PART = 4
"""So long is each word of a compound at least: `clubgoer`."""


@cache
def words() -> frozenset[str]:
    """Return the commoner English words, those of the lexicon's own cues and concepts included."""
    listed = {*english_words(), *ordinary_words()}
    cues = [cue for topic in topics_of_questions().values() for cue in topic.cues]
    listed.update(part for cue in (*cues, *concept_words()) for part in cue.strip("*#").split())
    return frozenset(word for word in listed if word.isascii())


def is_word(word: str) -> bool:
    """Whether a folded Latin word is in the list, or a plain inflection of one that is."""
    known = words()
    return word in known or any(
        word.endswith(end) and word.removesuffix(end) + more in known
        for end, endings in _INFLECTED.items()
        for more in endings
    )


def is_english(word: str) -> bool:
    """Whether a folded Latin word is English, misspelt or inflected or compound, as far as seen."""
    known = words()
    if word in known or word.endswith(_endings()) or any(form in known for form in _forms(word)):
        return True
    if any(word[:at] in known and word[at:] in known for at in range(_PART, len(word) - _PART + 1)):
        return True
    slips = (len(word) >= _SLIP) + (len(word) >= _TWO_SLIPS)
    return any(near[0] == word[0] for near in _near(word, slips))


def _near(word: str, slips: int) -> list[str]:
    """Return the English words that so many slips make of `word`."""
    found = process.extract(
        word, words(), scorer=OSA.distance, score_cutoff=slips, limit=3, processor=None
    )
    return [near for near, _, _ in found]


def _forms(word: str) -> list[str]:
    """Return what an inflected word may be a form of: `addicted`, `dependency`, `snorters`."""
    endings = ("s", "es", "d", "r", "rs", "er", "ers", "y", "en", "al", "n", "st", "est", "ism")
    bare = [word.removesuffix(end) for end in endings if word.endswith(end)]
    return [stem + end for stem in (*bare, word.removesuffix("ies")) for end in ("", "e", "y")]


@cache
def _endings() -> tuple[str, ...]:
    return tuple(table(__file__, "endings.toml")["english"])
