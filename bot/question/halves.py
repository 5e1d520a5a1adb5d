"""The half of a question that can be answered, and questions that carry on an earlier one."""

import re
from collections.abc import Sequence

from bot.kinds import PRESSING
from bot.question.judgement import see
from bot.question.small_talk import small_talk
from bot.substances.naming import Names
from bot.vocabulary.text import Text
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


def harmless_half(text: Text, names: Names) -> str | None:
    """Return what of a question about an amount may be searched for, or None.

    That is the question without its amounts where it still asks something, as in `I take 20 mg
    of fluoxetine, can I drink with it`, else those of its clauses that ask something else.
    """
    question = text.original
    bare = _AMOUNT.sub(" ", question)
    if bare != question and _harmless(bare, names):
        return " ".join(bare.split())
    clauses = (clause.strip() for clause in _CLAUSE.split(question) if clause)
    return " ".join(clause for clause in clauses if _harmless(clause, names)) or None


def _harmless(clause: str, names: Names) -> bool:
    """Whether a text asks something by itself, and nothing about an amount or a death."""
    if any(character.isdigit() for character in clause) and _AMOUNT.search(clause):
        return False
    text = Text(clause)
    combined = len({m.substances for m in names.mentions(text, asked=True)}) > 1
    asks = combined or bool(topics(text) & _OWN_TOPICS)
    return asks and see(text, names).kinds.isdisjoint(PRESSING)


def _own_topic(text: Text, names: Names) -> bool:
    """Whether a short question asks something of its own; `和酒呢` asks about a combination."""
    together = _TOGETHER.search(text.folded.text) is not None
    combined = together and bool(names.mentions(text, asked=True))
    return combined or bool(topics(text) & _OWN_TOPICS)


def carries_on_dosing(question: Text, earlier: Sequence[Text], names: Names) -> bool:
    """Whether `question` says nothing of its own and carries on a question about an amount.

    `earlier` are the questions before it, oldest first: `what about orally`, `那两倍呢`.
    """
    folded = question.folded.text
    short = len(_WORD.findall(folded)) <= _SHORT
    if not short or small_talk(question):
        return False
    if _own_topic(question, names) and not _FED.search(folded):
        return False
    for place in range(len(earlier) - 1, -1, -1):
        turn = earlier[place]
        before = Text(" ".join(each.original for each in earlier[:place]))
        if "dosing" in see(turn, names, before).kinds:
            return True
        if _own_topic(turn, names):
            return False
    return False
