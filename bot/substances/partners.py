"""What a question asks to combine with a substance, where that is no name that is known.

`丙氯拉嗪跟螺旋藻能一起吃吗`: what the sources say of the one does not answer for the other.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from bot.substances.naming import Names
from bot.vocabulary.english import words as english
from bot.vocabulary.matching import alternatives
from bot.vocabulary.ordinary import is_ordinary
from bot.vocabulary.text import Text
from embeddings.datafiles import table

__all__ = ["partner"]

_LEAST = 2
_NAME = r"([^\W_]{2,14}?)"
# Where the question ends with the name: no words of a sentence are in it.
_SHORT_NAME = r"([^\W_的得不有是会能多少为怎什哪吗]{2,6})"


class _Ways(NamedTuple):
    """The ways of asking, in `partners.toml`, as patterns; group 1 is the partner.

    `after` and `english_after` match what follows the name that is known, `before` and
    `english_before` what leads to it; `joined` is what must follow where the partner comes first.
    """

    after: re.Pattern[str]
    before: re.Pattern[str]
    joined: re.Pattern[str]
    meanwhile: re.Pattern[str]
    english_after: re.Pattern[str]
    english_before: re.Pattern[str]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    others: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    """Return a pattern of one of some words, the longest first."""
    return f"(?:{alternatives(words)})"


@cache
def _ways() -> _Ways:
    words = table(__file__, "partners.toml")
    taken, and_, may = _any(words["taken"]), _any(words["and"]), _any(words["may"])
    together = "|".join(way.replace("{taken}", taken) for way in words["together"])
    joined = rf"\s*(?:有没有|有)?{may}?(?:{together})"
    with_, forms = _any(words["with"]), _any(words["forms"])
    latin = rf"(?:{_any(words['determiners'])}\s+)?([a-z][a-z'-]{{3,24}})(?:\s+{forms})*"
    return _Ways(
        after=re.compile(rf"\s*{and_}\s*(?:{_NAME}\s*{joined}|{_SHORT_NAME}[吗呢嘛么]?\W*$)"),
        before=re.compile(rf"(?:^|[\W_]){_NAME}\s*{and_}\s*$"),
        joined=re.compile(joined),
        meanwhile=re.compile(
            rf"{taken}[着了完]?{_NAME}{_any(words['meanwhile'])}?[，, ]*还?{may}再?{taken}?\s*$"
        ),
        english_after=re.compile(rf"\s+(?:together )?{with_}\s+{latin}\W*$", re.IGNORECASE),
        english_before=re.compile(
            rf"\b{_any(words['verbs'])}\s+{latin}\s+(?:together )?{with_}\s+$", re.IGNORECASE
        ),
        leading=re.compile(rf"^{_any(words['leading'])}+"),
        trailing=re.compile(rf"{_any(words['trailing'])}+$"),
        others=re.compile(rf"{_any(words['others'])}|^{_any(words['nothing'])}$"),
    )


def partner(text: Text, names: Names) -> str | None:
    """Return the words of what is to be taken together with the only substance that is named.

    None where there is none, or where it is a name that is known, or an English word.
    """
    question, mentions = text.original, names.mentions(text)
    if len({name for m in mentions for name in m.substances}) != 1:
        return None
    ways = _ways()
    before, after = question[: mentions[0].start], question[mentions[-1].end :]
    if found := ways.english_after.match(after) or ways.english_before.search(before):
        word = found[1]
        return None if is_ordinary(word, titled=False) or word.casefold() in english() else word
    found = ways.after.match(after) or (
        ways.before.search(before) if ways.joined.match(after) else None
    )
    found = found or ways.meanwhile.search(before)
    called = next((group for group in found.groups() if group), "") if found else ""
    if not called or ways.others.search(called):
        return None
    words = ways.trailing.sub("", ways.leading.sub("", called))
    return words if len(words) >= _LEAST and not ways.others.search(words) else None
