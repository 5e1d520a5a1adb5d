"""What rules and wording see in one text, each reading of it looked at.

Rules decide. Where they see no danger and nothing to decline, the wording is compared with
examples (`bot.question.classifier`), which may add caution and never takes any away.
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from bot.question.classifier import likeness
from bot.question.disguises import Reader
from bot.question.patterns import Place
from bot.question.rules import signs
from bot.question.skimming import LONG, parts, sentences
from bot.question.small_talk import small_talk
from bot.question.substance_places import naming_places
from bot.substances.lexicon import substances
from bot.vocabulary.matching import Folded

__all__ = ["PRECEDENCE", "Declined", "Seen", "by_rules", "by_wording", "readings", "see"]

Declined = Literal["emergency", "crisis", "how_to", "dosing"]

PRECEDENCE: tuple[Declined, ...] = ("emergency", "crisis", "how_to", "dosing")
"""The kinds that are no plain question, the most pressing first."""

_DANGER = frozenset({"emergency", "crisis"})
# The sign of a text that is only worded like one of its kind.
_WORDED = "wording"
# How likely a kind must be to be heeded; from batches of questions that were in no training, where
# higher ones miss more and lower ones find no more.
_HEED_DANGER = 0.5
_HEED_AMOUNTS = 0.65
# Where rules see that an amount is asked for, or how to make something.
_HEED_DANGER_TOO = 0.85
# Where they see another subject: a bridge, a train, a photograph can be part of a farewell.
_HEED_DANGER_ELSEWHERE = 0.6
# Where the words are those of a textbook.
_HEED_LEARNED = 0.85
# Where nothing is named that could be taken: how to cook a steak, how much a puppy weighs.
_HEED_ELSEWHERE = 0.75
# Signs that say only what a question is near to, and nothing of what it wants.
_ABOUT_DRUGS, _TEXTBOOK = "about_drugs", "textbook"


class Seen(NamedTuple):
    """The ids of the rules that hold, and the kinds that they stand for.

    `honest` is how likely the question is to ask for information alone, by its wording; 0 where
    the wording was not looked at.
    """

    ids: frozenset[str]
    kinds: frozenset[str]
    honest: float = 0.0

    def and_also(self, sign: str, kind: str) -> "Seen":
        """Return what is seen, and one more sign of a kind."""
        return self._replace(ids=self.ids | {sign}, kinds=self.kinds | {kind})


@cache
def _reader() -> Reader:
    names = (n for s in substances().values() for n in (s.zh, s.en, *s.aliases))
    return Reader(sorted({*signs().vocabulary, *names}))


@cache
def _kinds() -> dict[str, str]:
    return {rule.id: rule.kind for rule in signs().rules}


def readings(text: str) -> tuple[str, ...]:
    """Return the ways to read `text`, folded and with disguises undone, the plainest first."""
    return _reader().readings(text, thorough=len(text) <= LONG)


def _rules(text: str, subject: str) -> frozenset[str]:
    """Return the ids of the rules that hold in any reading of `text`."""
    context = naming_places(Folded.of(subject).text) if subject else {}
    found: set[str] = set()
    for reading in readings(text):
        places = naming_places(reading)
        # What the conversation is about is named by a question that names nothing.
        if "drug" not in places:
            places |= {group: [Place(0, 0)] for group in context}
        found |= signs().found(reading, signs().places(reading, places))
    return frozenset(found)


def _worded_like(odds: Mapping[str, float], seen: Seen) -> Declined | None:
    """Return the kind that a text is worded like, if that is one to heed beside its signs.

    Danger is heeded where the words seem to lead elsewhere too, an amount is not.
    """
    silent = seen.kinds.isdisjoint(PRECEDENCE)
    elsewhere = "off_topic" in seen.kinds
    heed = _HEED_DANGER_ELSEWHERE if elsewhere else _HEED_DANGER
    if odds["emergency"] + odds["crisis"] >= (heed if silent else _HEED_DANGER_TOO):
        return "emergency" if odds["emergency"] >= odds["crisis"] else "crisis"
    if elsewhere or not silent:
        return None
    heed = _HEED_AMOUNTS if _ABOUT_DRUGS in seen.ids else _HEED_ELSEWHERE
    if _TEXTBOOK in seen.ids:
        heed = _HEED_LEARNED
    if odds["how_to"] + odds["dosing"] >= heed:
        return "how_to" if odds["how_to"] >= odds["dosing"] else "dosing"
    return None


def by_rules(text: str, subject: str = "") -> Seen:
    """Return what rules see in `text`; `subject` are earlier questions that name its subject.

    Of a text that is too long to be a question, the parts that matter are read.
    """
    read = parts(text) if len(text) > LONG else (text,)
    ids = frozenset(key for part in read for key in _rules(part, subject))
    seen = Seen(ids, frozenset(_kinds()[key] for key in ids))
    danger_seen = not seen.kinds.isdisjoint(_DANGER)
    return seen if danger_seen or len(text) <= LONG else _buried(read, seen)


def _buried(read: tuple[str, ...], seen: Seen) -> Seen:
    """Return `seen`, or danger too where a sentence of a long text is worded like that."""
    for part in read:
        for sentence in sentences(part):
            odds = likeness(readings(sentence)[-1])
            if odds["emergency"] + odds["crisis"] >= _HEED_DANGER_TOO:
                worded = "emergency" if odds["emergency"] >= odds["crisis"] else "crisis"
                return seen.and_also(_WORDED, worded)
    return seen


def by_wording(text: str, seen: Seen) -> Seen:
    """Return `seen`, or more where rules saw no danger and `text` is worded like something."""
    if not seen.kinds.isdisjoint(_DANGER) or len(text) > LONG or small_talk(text):
        return seen
    odds = likeness(readings(text)[-1])
    seen = seen._replace(honest=odds["information"])
    worded = _worded_like(odds, seen)
    return seen.and_also(_WORDED, worded) if worded else seen


def see(text: str, subject: str = "") -> Seen:
    """Return what rules see in `text`, or else its wording."""
    return by_wording(text, by_rules(text, subject))
