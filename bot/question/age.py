"""Whether a person who asks says to be under 18."""

import re
from functools import cache

from bot.vocabulary.matching import Words, alternatives
from bot.vocabulary.text import Text
from embeddings.datafiles import table

__all__ = ["states_minor"]

_READ = 1_000
_MINOR = (
    "(?<![0-9一二三四五六七八九])(?:1[0-7]|[89]|十[一二三四五六七]?)(?![0-9一二三四五六七八九])"
)


def states_minor(question: Text) -> bool:
    """Whether `question` says so of the one who asks, and not of a child."""
    folded = question.folded.text[:_READ]
    return _own().search(folded) is not None and not _others().places(folded)


@cache
def _own() -> re.Pattern[str]:
    """Return how people say how old they are: I'm 16, but not 16 days sober, 16 stone."""
    words = {name: f"(?:{alternatives(group)})" for name, group in _listed().items()}
    return re.compile(
        rf"我{words['now']}?{_MINOR}(?:岁|了|[,，。！\s]|$)|今年{_MINOR}(?:岁|了)|{_MINOR}岁"
        rf"|\b{words['before_figures']}\s{_MINOR}(?:\s?(?:{words['goes_on']}|[,.!?])|$)"
        rf"|\b{words['before_spelt']}\s{words['spelt']}\b(?!\s{words['no_age']})"
        rf"|\b{words['being']}\s(?:a\s)?{_MINOR}\s?(?:{words['old']}|{words['old_person']})\b"
        rf"|^{_MINOR}\s?{words['old']}\b"
    )


@cache
def _others() -> Words:
    """Return people whose age is told, and who do not ask themselves."""
    return Words(_listed()["others"])


def _listed() -> dict[str, list[str]]:
    return table(__file__, "age.toml")
