"""Greetings, questions about the program itself, and thanks: texts that are nothing else."""

import re
from functools import cache
from typing import Literal

from bot.vocabulary.matching import Folded
from bot.vocabulary.text import Text
from embeddings.datafiles import table

__all__ = ["small_talk"]

_LONGEST = 60
_PUNCTUATION = re.compile(r"[^\w\s]+")


@cache
def _phrases() -> tuple[tuple[Literal["greeting", "thanks"], tuple[str, ...]], ...]:
    groups = table(__file__, "signs/talk.toml")["groups"]
    return (
        ("greeting", _sorted([*groups["hello"], *groups["ability"]])),
        ("thanks", _sorted(groups["thanks"])),
    )


@cache
def _fillers() -> tuple[str, ...]:
    return _sorted(table(__file__, "signs/talk.toml")["groups"]["filler"])


def _sorted(words: list[str]) -> tuple[str, ...]:
    return tuple(
        sorted({_bare(Folded.of(word).text) for word in words} - {""}, key=len, reverse=True)
    )


def _bare(folded: str) -> str:
    return " ".join(_PUNCTUATION.sub(" ", folded).split())


def _without(text: str, phrases: tuple[str, ...]) -> str:
    """Return what remains of `text` when `phrases`, whole words in Latin letters, are gone."""
    for phrase in phrases:
        if phrase in text:
            whole = r"(?<![a-z0-9]){}(?![a-z0-9])" if phrase[0].isascii() else "{}"
            text = re.sub(whole.format(re.escape(phrase)), " ", text)
    return " ".join(text.split())


def small_talk(question: Text) -> Literal["greeting", "thanks"] | None:
    """Return what `question` is where it is nothing but a greeting or thanks."""
    if len(question.original) > 4 * _LONGEST:
        return None
    text = _bare(question.folded.text)
    if len(text) > _LONGEST:
        return None
    return question.once(small_talk, lambda: _talk(text))


def _talk(text: str) -> Literal["greeting", "thanks"] | None:
    for kind, phrases in _phrases():
        rest = _without(text, phrases)
        if rest != text and not _without(rest, _fillers()):
            return kind
    both = text
    for _, phrases in _phrases():
        both = _without(both, phrases)
    return "greeting" if both != text and not _without(both, _fillers()) else None
