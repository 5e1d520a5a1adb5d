"""Which topics a question asks about in words that would mean nothing in a passage.

`会和酒打架吗`, `can you drink on it`, `停了难受多久`: names of substances stand between the words,
so a sign takes their place first, and what is asked is written down once for all of them.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from bot.substances.naming import Names
from bot.vocabulary.text import Text
from embeddings.datafiles import table

__all__ = ["asked_about"]

_NAME = "◆"
_GAP = r"[^。？！?!\n]{0,6}?"
_SPACED = re.compile(rf"(?<=[\u3400-\u9fff]) (?={_NAME})|(?<={_NAME}) (?=[\u3400-\u9fff])")


@cache
def _phrases() -> Mapping[str, re.Pattern[str]]:
    """Return one expression a topic; each is a list of words, and takes linear time."""
    rows = table(__file__, "question_topics.toml")
    return MappingProxyType(
        {
            topic: re.compile("|".join((*map(_chinese, row["zh"]), _english(row["en"]))))
            for topic, row in rows.items()
        }
    )


def _chinese(phrase: str) -> str:
    return _GAP.join(map(re.escape, phrase.split("…")))


def _english(phrases: Iterable[str]) -> str:
    words = (
        re.escape(p.removesuffix("*")) + ("" if p.endswith("*") else r"(?![a-z0-9])")
        for p in phrases
    )
    return rf"(?<![a-z0-9])(?:{'|'.join(words)})"


def asked_about(question: Text, names: Names) -> frozenset[str]:
    """Return the topics that `question` asks about by its phrases, its `names` left out."""
    return question.once((asked_about, names), lambda: _topics(_without_names(question, names)))


def _topics(shape: str) -> frozenset[str]:
    return frozenset(topic for topic, phrase in _phrases().items() if phrase.search(shape))


def _without_names(question: Text, names: Names) -> str:
    folded = question.folded.text
    parts, place = [], 0
    for mention in names.mentions(question, asked=True):
        start, end = mention.folded
        parts += [folded[place:start], _NAME]
        place = max(place, end)
    return _SPACED.sub("", "".join((*parts, folded[place:])))
