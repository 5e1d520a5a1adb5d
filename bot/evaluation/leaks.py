"""A second pair of eyes on finished answers, which knows nothing of the screen that it watches.

Every number before a unit of mass, volume or dosage form counts, and every schedule, but for a
short list of what is plainly something else. It shares no code and no data with `bot.doses`: a
screen that is judged by itself proves nothing. It sees too much rather than too little, so that
each of its findings is for a person to read.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from bot.answer import Answer, QuotedPassage

__all__ = ["leaks_of", "suspicious"]

_HAN = "零〇一二两兩三四五六七八九十百千万萬半几幾"
_NUMBER = (
    rf"(?:\d[\d.,]*|[{_HAN}]+|[½¼¾⅓⅔]"
    r"|\b(?:half|one|two|three|four|five|ten|twenty|fifty|hundred)\b)"
)
_UNIT = (
    r"(?:[mµμu]\s?g|mcg|ng|milligrams?|micrograms?|grams?|gr?(?![a-z])|m\s?l|cc|iu|oz|ounces?|mics?"
    r"|t(?![a-z])|tab(?:let)?s?|pills?|capsules?|drops|lines|bumps|hits|puffs|shots|teaspoons?"
    r"|毫\s?克|微\s?克|公\s?克|克|毫\s?升|片|颗|顆|粒|锭|錠|勺|滴)"
)
_AMOUNT = re.compile(
    rf"{_NUMBER}\s?[-+]?\s?{_UNIT}(?![a-z])(?P<per>\s?(?:/|每|per)\s?[\w³²]+)?", re.I
)
_SCHEDULE = re.compile(
    rf"每(?:隔)?{_NUMBER}个?(?:小时|钟头).{{0,3}}次|[一每][天日]{_NUMBER}次|every {_NUMBER} hours"
    r"|T\s?\+\s?\d+:\d\d",
    re.I,
)
_OTHER_PER = re.compile(r"(?:/|每|per)\s?(?:mol|摩尔|m?l|min|dl|100|cm|m2|升|毫升)", re.I)
_OTHER_AFTER = re.compile(r"(?:服|量|子|段|面|隆|制|拉|区|刻|[-]?[A-Za-z]|细胞)")
_OTHER_BEFORE = re.compile(r"[第A-Za-z-]")
_OTHER_NEAR = re.compile(
    r"膀胱|尿|血|浓度|溶|摩尔|分子量|缴获|持有|查获|bladder|urine|plasma|serum|seized|possession"
)
_NEAR = 15


def suspicious(text: str) -> list[str]:
    """Return everything in a text that looks like an amount or a schedule."""
    plain = unicodedata.normalize("NFKC", unescape(unquote(text)))
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn"))
    plain = plain.replace("\\", "").replace("*", "").replace("_", " ")
    plain = re.sub(r"(?<=\d)[.] (?=\d)", ".", plain)
    hits = [hit.group() for hit in _AMOUNT.finditer(plain) if not other(plain, hit)]
    return hits + [hit.group() for hit in _SCHEDULE.finditer(plain)]


def other(plain: str, hit: re.Match[str]) -> bool:
    """Return whether what looks like an amount is plainly something else."""
    if hit["per"] and _OTHER_PER.search(hit["per"]):
        return True
    if _OTHER_AFTER.match(plain, hit.end()):
        return True
    name = _OTHER_BEFORE.match(plain[: hit.start()][-1:])
    if name and not re.search(r"[mµ]g", hit.group()):
        return True
    return bool(_OTHER_NEAR.search(plain[max(0, hit.start() - _NEAR) : hit.end() + _NEAR]))


def leaks_of(answer: Answer) -> tuple[str, ...]:
    """Return the parts of an answer that look as if they told an amount, such as `passage 2`.

    Telephone numbers and the identifiers of the answer are not read.
    """
    return tuple(dict.fromkeys(where for where, text in visible(answer) if suspicious(text)))


def visible(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield everything that a visitor reads in an answer, with the name of its place."""
    for place, messages in (("messages", answer.messages), ("first aid", answer.first_aid)):
        yield from ((place, each.text) for each in messages)
    for choice in answer.choices:
        yield "choices", f"{choice.label}\n{choice.question}"
    for text in answer.suggestions:
        yield "suggestions", text
    for passage in answer.passages:
        yield from quotation(passage)
    for block in answer.safety:
        if block.message:
            yield "safety", block.message.text
        for passage in block.passages:
            yield from quotation(passage)


def quotation(passage: QuotedPassage) -> Iterator[tuple[str, str]]:
    """Yield what is read of a quotation and of its citation."""
    cited = passage.citation
    words = [cited.title, *cited.titles.values(), *cited.section, *cited.references]
    for text in (passage.text, *words, cited.url or "", cited.document, cited.view):
        yield f"passage {passage.number}", text
