"""The half of a question that can be answered, and questions that carry on an earlier one."""

import re
from collections.abc import Sequence

from bot.question.judgement import PRECEDENCE, see
from bot.question.small_talk import small_talk
from bot.substances.naming import mentions
from bot.vocabulary.matching import Folded
from bot.vocabulary.topics import topics

__all__ = ["carries_on_dosing", "harmless_half"]

# Topics that a question asks about by itself, whatever came before it.
_OWN_TOPICS = frozenset(
    {"definition", "mechanism", "pharmacokinetics", "effects", "dissociation", "dependence"}
    | {"withdrawal", "interactions", "overdose", "first_aid", "toxicity", "mental_health"}
    | {"treatment", "legal", "history", "testing", "epidemiology", "chemistry", "harm_reduction"}
)
_CLAUSE = re.compile(
    r"[,，。？?！!；;\n]+|(?<!\s)\s+(?:and|also|plus|but)\s+|顺便|順便|另外|还有就是|以及|然后再?"
)
_AMOUNT = re.compile(
    r"(?:(?<!\d)\d+(?:[.,/]\d+)?|(?<![半一二两三四五六七八九十几])[半一二两三四五六七八九十几]+)\s?"
    r"(?:mg/kg|mcg|µg|μg|ug|mg|ml|g|毫克|微克|毫升|公克|克|片|颗|粒|条|张|t|tabs?|pills?|tablets?|lines?|bumps?|caps?)(?![a-z])",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"[和跟加配]|\b(?:with|mixed|plus|on top)\b")
# What somebody ate combines with nothing: `and on a full stomach?` is about the amount still.
_FED = re.compile(r"\b(?:food|meal|stomach|eaten)\b|空腹|饭后|饭前|吃饱|吃过饭")
_WORD = re.compile(r"[a-z0-9.]+|[\u4e00-\u9fff]")
# A follow-up without a subject of its own has at most so many words or characters.
_SHORT = 14


def harmless_half(question: str) -> str | None:
    """Return what of a question about an amount may be searched for, or None.

    That is the question without its amounts where it still asks something, as in `I take 20 mg
    of fluoxetine, can I drink with it`, else those of its clauses that ask something else.
    """
    bare = _AMOUNT.sub(" ", question)
    if bare != question and _harmless(bare):
        return " ".join(bare.split())
    clauses = (clause.strip() for clause in _CLAUSE.split(question) if clause)
    return " ".join(clause for clause in clauses if _harmless(clause)) or None


def _harmless(text: str) -> bool:
    """Whether a text asks something by itself, and nothing about an amount or a death."""
    if any(character.isdigit() for character in text) and _AMOUNT.search(text):
        return False
    folded = Folded.of(text).text
    combined = len({m.substances for m in mentions(folded, asked=True)}) > 1
    asks = combined or bool(topics(folded) & _OWN_TOPICS)
    return asks and see(text).kinds.isdisjoint(PRECEDENCE)


def _own_topic(folded: str) -> bool:
    """Whether a short question asks something of its own; `和酒呢` asks about a combination."""
    together = _TOGETHER.search(folded) is not None and bool(mentions(folded, asked=True))
    return together or bool(topics(folded) & _OWN_TOPICS)


def carries_on_dosing(question: str, earlier: Sequence[str]) -> bool:
    """Whether `question` says nothing of its own and carries on a question about an amount.

    `earlier` are the questions before it, oldest first: `what about orally`, `那两倍呢`.
    """
    folded = Folded.of(question).text
    short = len(_WORD.findall(folded)) <= _SHORT
    if not short or small_talk(question) or (_own_topic(folded) and not _FED.search(folded)):
        return False
    for place in range(len(earlier) - 1, -1, -1):
        turn = earlier[place]
        if "dosing" in see(turn, " ".join(earlier[:place])).kinds:
            return True
        if _own_topic(Folded.of(turn).text):
            return False
    return False
