"""What rules and wording see in one text, each reading of it looked at.

Rules decide. Where they see no danger and nothing to decline, the wording is compared with
examples (`bot.question.classifier`), which may add caution and never takes any away.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from bot.kinds import DANGERS, PRESSING, Kind
from bot.question.classifier import probabilities
from bot.question.disguises import Disguises
from bot.question.patterns import Place
from bot.question.rules import signs
from bot.question.skimming import LONG, parts, sentences
from bot.question.small_talk import small_talk
from bot.question.substance_places import naming_places
from bot.substances.lexicon import substances
from bot.substances.naming import Names
from bot.vocabulary.text import Text

__all__ = ["Seen", "by_rules", "by_wording", "readings", "see"]

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
def _disguises() -> Disguises:
    names = (n for s in substances().values() for n in (s.zh, s.en, *s.aliases))
    return Disguises(sorted({*signs().vocabulary, *names}))


@cache
def _kinds() -> dict[str, str]:
    return {rule.id: rule.kind for rule in signs().rules}


def readings(text: Text) -> tuple[Text, ...]:
    """Return the ways to read `text`, folded and with disguises undone, the plainest first."""
    return text.once(readings, lambda: _readings(text))


def _readings(text: Text) -> tuple[Text, ...]:
    undone = _disguises().undone(text, thorough=len(text.original) <= LONG)
    return tuple(text if one == text.original else Text(one) for one in undone)


def _rules(text: Text, names: Names, subject: Text | None) -> frozenset[str]:
    """Return the ids of the rules that hold in any reading of `text`."""
    context = naming_places(Text(subject.folded.text), names) if subject else {}
    found: set[str] = set()
    for reading in readings(text):
        places = naming_places(reading, names)
        # What the conversation is about is named by a question that names nothing.
        if "drug" not in places:
            places |= {group: [Place(0, 0)] for group in context}
        found |= signs().found(reading.original, signs().places(reading, places))
    return frozenset(found)


def _worded_like(odds: Mapping[Kind, float], seen: Seen) -> Kind | None:
    """Return the kind that a text is worded like, if that is one to heed beside its signs.

    Danger is heeded where the words seem to lead elsewhere too, an amount is not.
    """
    silent = seen.kinds.isdisjoint(PRESSING)
    elsewhere = "off_topic" in seen.kinds
    heed = _HEED_DANGER_ELSEWHERE if elsewhere else _HEED_DANGER
    if _danger(odds) >= (heed if silent else _HEED_DANGER_TOO):
        return _likelier(odds, "emergency", "crisis")
    if elsewhere or not silent:
        return None
    heed = _HEED_AMOUNTS if _ABOUT_DRUGS in seen.ids else _HEED_ELSEWHERE
    if _TEXTBOOK in seen.ids:
        heed = _HEED_LEARNED
    if odds["how_to"] + odds["dosing"] >= heed:
        return _likelier(odds, "how_to", "dosing")
    return None


def _danger(odds: Mapping[Kind, float]) -> float:
    return sum(odds[kind] for kind in PRESSING if kind in DANGERS)


def _likelier(odds: Mapping[Kind, float], one: Kind, other: Kind) -> Kind:
    return one if odds[one] >= odds[other] else other


def by_rules(text: Text, names: Names, subject: Text | None = None) -> Seen:
    """Return what rules see in `text`; `subject` are earlier questions that name its subject.

    Of a text that is too long to be a question, the parts that matter are read.
    """
    long = len(text.original) > LONG
    read = tuple(map(Text, parts(text.original))) if long else (text,)
    ids = frozenset(key for part in read for key in _rules(part, names, subject))
    seen = Seen(ids, frozenset(_kinds()[key] for key in ids))
    return _buried(read, names, seen) if long and seen.kinds.isdisjoint(DANGERS) else seen


def _buried(read: tuple[Text, ...], names: Names, seen: Seen) -> Seen:
    """Return `seen`, or danger too where a sentence of a long text is worded like that."""
    for part in read:
        for sentence in sentences(part.original):
            odds = probabilities(readings(Text(sentence))[-1], names)
            if _danger(odds) >= _HEED_DANGER_TOO:
                return seen.and_also(_WORDED, _likelier(odds, "emergency", "crisis"))
    return seen


def by_wording(text: Text, names: Names, seen: Seen) -> Seen:
    """Return `seen`, or more where rules saw no danger and `text` is worded like something."""
    if not seen.kinds.isdisjoint(DANGERS) or len(text.original) > LONG or small_talk(text):
        return seen
    odds = probabilities(readings(text)[-1], names)
    seen = seen._replace(honest=odds["information"])
    worded = _worded_like(odds, seen)
    return seen.and_also(_WORDED, worded) if worded else seen


def see(text: Text, names: Names, subject: Text | None = None) -> Seen:
    """Return what rules see in `text`, or else its wording."""
    return by_wording(text, names, by_rules(text, names, subject))
