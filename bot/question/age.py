"""Whether a person who asks says to be under 18."""

import re

from bot.vocabulary.matching import Folded

__all__ = ["states_minor"]

_MINOR = (
    "(?<![0-9一二三四五六七八九])(?:1[0-7]|[89]|十[一二三四五六七]?)(?![0-9一二三四五六七八九])"
)
_SPELT = "(?:twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
_OWN = re.compile(
    rf"我(?:今年|才|刚|刚满|现在)?{_MINOR}(?:岁|了|[,，。！\s]|$)|今年{_MINOR}(?:岁|了)|{_MINOR}岁"
    # I'm 16, but not 16 days sober, 16 stone.
    rf"|\b(?:im|i am|only|turned|just)\s{_MINOR}(?:\s?(?:and|but|so|,|\.|!|\?)|$)"
    rf"|\b(?:im|i am|only|turned)\s{_SPELT}\b(?!\s(?:day|week|month|hour|years?\s(?:clean|sober)))"
    rf"|\b(?:im|i am)\s(?:a\s)?{_MINOR}\s?(?:yo|y/o|yrs? old|years? old|year-old|m|f)\b"
    rf"|^{_MINOR}\s?(?:yo|y/o|yrs? old|years? old|m|f)\b"
)
_OTHERS = re.compile(r"儿子|女儿|孩子|弟弟|妹妹|侄|\b(?:son|daughter|brother|sister|kid|child)\b")


def states_minor(question: str) -> bool:
    """Whether `question` says so of the one who asks, and not of a child."""
    folded = Folded.of(question).text
    return _OWN.search(folded) is not None and _OTHERS.search(folded) is None
