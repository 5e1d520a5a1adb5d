"""What rules and wording see in one text, each reading of it looked at.

Rules see what was foreseen; the wording is compared with examples (`bot.question.classifier`)
whatever the rules saw, for each kind apart. What either sees is added to what the other sees, with
one exception: a rule yields where the wording is nothing of its kind.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from bot.kinds import BESIDE, DANGERS, DECLINED, Kind
from bot.question.classifier import probabilities
from bot.question.danger import danger_words
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
# How probable a kind must be by its wording to be heeded. Chosen on labelled lines out of fold, a
# third of the honest ones written to be near the border: of these, the wording alone takes two in
# a hundred for an emergency and four for a crisis, of plain telling two each. A missed danger
# costs more than many needless lines; but the next tenth of despair that a lower bar would find
# costs twice the alarms, and gets a line of support and a contact instead.
_HEED: Mapping[Kind, float] = {
    "emergency": 0.2,
    "crisis": 0.45,
    "how_to": 0.6,
    "dosing": 0.42,
    "worsening": 0.14,
}
# Despair and a means together; an emergency beside despair or what is declined, which share its
# words; what is declined where the words are those of a textbook.
_HEED_DESPAIR_BESIDE = 0.42
_HEED_EMERGENCY_BESIDE = 0.4
_HEED_LEARNED = 0.8
# Who may be in despair, and is not met as if they were: a line and a contact beside the answer.
_SUPPORT = 0.22
# A sentence of a long text, of which there are many.
_HEED_BURIED = 0.8
# Below this, a rule yields: of a hundred lines that it was right about, it loses two or three, of
# a hundred that it was wrong about, a third. Where a rule for despair yields, a line of support
# is left.
_YIELD: Mapping[Kind, float] = {"emergency": 0.08, "crisis": 0.3, "how_to": 0.1, "dosing": 0.05}
_MEANS = frozenset[str]({"emergency", "how_to", "dosing"})
_ELSEWHERE, _TEXTBOOK, _SUPPORTED = "off_topic", "textbook", "support_line"


class Seen(NamedTuple):
    """The ids of the rules that hold, and the kinds that they stand for.

    `odds` is how probable each kind is by the wording; empty where that was not looked at.
    """

    ids: frozenset[str]
    kinds: frozenset[str]
    odds: Mapping[Kind, float] = MappingProxyType({})

    def and_also(self, sign: str, kind: str) -> "Seen":
        """Return what is seen, and one more sign of a kind."""
        return self._replace(ids=self.ids | {sign}, kinds=self.kinds | {kind})


@cache
def _disguises() -> Disguises:
    names = (n for s in substances().values() for n in (s.zh, s.en, *s.aliases))
    return Disguises(sorted({*signs().vocabulary, *names}))


@cache
def _plainest() -> dict[str, frozenset[str]]:
    return {
        kind: frozenset(readings(Text(word))[0].original for word in words)
        for kind, words in danger_words().items()
    }


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


def _worded_like(odds: Mapping[Kind, float], seen: Seen) -> frozenset[Kind]:
    """Return the kinds that a text is worded like, if those are to be heeded beside its signs.

    Danger is heeded where the words seem to lead elsewhere too, an amount is not.
    """
    worded = {kind for kind, bar in _HEED.items() if odds[kind] >= bar}
    if _ELSEWHERE in seen.kinds:
        worded -= DECLINED
    if _TEXTBOOK in seen.ids:
        worded -= {kind for kind in DECLINED if odds[kind] < _HEED_LEARNED}
    if (seen.kinds | worded) & (DECLINED | {"crisis"}) and odds[
        "emergency"
    ] < _HEED_EMERGENCY_BESIDE:
        worded.discard("emergency")
    if (seen.kinds | worded) & _MEANS and odds["crisis"] >= _HEED_DESPAIR_BESIDE:
        worded.add("crisis")
    return frozenset(worded)


def _yields(odds: Mapping[Kind, float], text: Text) -> frozenset[Kind]:
    """Return the kinds that a rule saw and that the wording is nothing of.

    The plainest words of danger count whatever stands around them.
    """
    said = "\n".join(reading.original for reading in readings(text))
    plain = {kind for kind, words in _plainest().items() if any(map(said.count, words))}
    return frozenset(kind for kind, bar in _YIELD.items() if odds[kind] < bar) - plain


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
            likelier = max(sorted(DANGERS), key=odds.__getitem__)
            if odds[likelier] >= _HEED_BURIED:
                return seen.and_also(_WORDED, likelier)
    return seen


def by_wording(text: Text, names: Names, seen: Seen, *, alone: bool = True) -> Seen:
    """Return `seen`, and what `text` is worded like; less what it is worded nothing like.

    What is not asked `alone` may be worded like nothing: what it carries on, the rules know.
    """
    if len(text.original) > LONG or small_talk(text):
        return seen
    reading = readings(text)[-1]
    odds = probabilities(reading, names)
    yielding = seen.kinds & _yields(odds, text) if alone else frozenset()
    kept = seen.kinds - yielding
    worded = _worded_like(odds, seen._replace(kinds=kept))
    ids = set(seen.ids)
    if not worded <= kept | BESIDE:
        ids.add(_WORDED)
    if odds["crisis"] >= _SUPPORT or "crisis" in yielding:
        ids.add(_SUPPORTED)
    return Seen(frozenset(ids), kept | worded, odds)


def see(text: Text, names: Names, subject: Text | None = None) -> Seen:
    """Return what rules and wording see in `text`."""
    return by_wording(text, names, by_rules(text, names, subject), alone=subject is None)
