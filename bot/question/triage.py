"""Which kinds of question this is. No model, no index and no database is needed to say.

Precedence: emergency, crisis, making and sourcing, dosing, and then the rest. A question may
be several at once: the flags say which, `kind` says which leads.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.kinds import BESIDE, KINDS, PRESSING, Kind
from bot.question.age import states_minor
from bot.question.halves import carries_on_dosing, harmless_half
from bot.question.judgement import Seen, by_rules, by_wording
from bot.question.rules import signs
from bot.question.skimming import LONG
from bot.question.small_talk import small_talk
from bot.substances.naming import Names
from bot.vocabulary.text import Text

__all__ = ["Triage", "triage"]

_CARDS = (
    "not_breathing",
    "unconscious",
    "seizure",
    "chest_pain",
    "overheating",
    "child",
    "unknown_substance",
)
# Shown where a question is worded like an emergency and names no sign.
_ANY_CARDS = ("unconscious", "unknown_substance")
_ASKS_ANEW = "asks_anew"


@dataclass(frozen=True, slots=True)
class Triage:
    """What is seen in a question.

    `worsening` says that something was taken or stopped and a symptom lasts or grows, and nothing
    in it says to call now.
    `signs` are the ids of the rules that hold; `cards` the first-aid cards, the most urgent
    first; `lines` ids of sentences to show beside the answer. `answerable` is what may be
    searched for: the question itself, its harmless half where the other half asks for an
    amount, or None where nothing should be looked up. `minor` says that the person states to
    be under 18.
    """

    kind: Kind
    signs: tuple[str, ...] = ()
    emergency: bool = False
    crisis: bool = False
    dosing: bool = False
    how_to: bool = False
    worsening: bool = False
    cards: tuple[str, ...] = ()
    answerable: str | None = None
    lines: tuple[str, ...] = ()
    minor: bool = False

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Every kind that has a flag and that the question is, the most pressing first."""
        return tuple(kind for kind in KINDS if kind in {*PRESSING, *BESIDE} and getattr(self, kind))


def triage(question: Text, names: Names, earlier: Sequence[Text] = ()) -> Triage:
    """Say which kind of question this is, in time linear in its length.

    `earlier` are the visitor's questions before it, oldest first.
    """
    subject = Text(" ".join(each.original for each in earlier)) if earlier else None
    seen = by_rules(question, names, subject)
    if _may_carry_on(question, seen) and carries_on_dosing(question, earlier, names):
        seen = seen.and_also("follow_up", "dosing")
    seen = by_wording(question, names, seen, alone=not earlier)
    kind = _kind(question, seen)
    minor = "minor" in seen.kinds or states_minor(question)
    return Triage(
        kind=kind,
        signs=tuple(sorted(seen.ids)),
        emergency="emergency" in seen.kinds,
        crisis="crisis" in seen.kinds,
        dosing="dosing" in seen.kinds,
        how_to="how_to" in seen.kinds,
        worsening="worsening" in seen.kinds and "emergency" not in seen.kinds,
        cards=_cards(seen),
        answerable=_answerable(question, names, kind, seen),
        lines=_lines(seen, minor),
        minor=minor,
    )


def _may_carry_on(question: Text, seen: Seen) -> bool:
    """Whether a question is brief, asks nothing anew and shows no danger and nothing to decline."""
    brief = len(question.original) <= LONG
    return brief and seen.kinds.isdisjoint(PRESSING) and _ASKS_ANEW not in seen.ids


def _kind(question: Text, seen: Seen) -> Kind:
    for kind in PRESSING:
        if kind in seen.kinds:
            return kind
    return small_talk(question) or ("off_topic" if "off_topic" in seen.kinds else "information")


def _cards(seen: Seen) -> tuple[str, ...]:
    """Return what the signs that were seen call for first, and then what they call for too."""
    shown = [rule.cards for rule in signs().rules if rule.id in seen.ids and rule.cards]
    if "emergency" in seen.kinds and not shown:
        shown = [_ANY_CARDS]
    first = {cards[0] for cards in shown}
    others = {card for cards in shown for card in cards} - first
    return tuple(card for group in (first, others) for card in _CARDS if card in group)


def _lines(seen: Seen, minor: bool) -> tuple[str, ...]:
    lines = [rule.id for rule in signs().rules if rule.kind == "line" and rule.id in seen.ids]
    # In a crisis its own message stands first and says the same.
    if "crisis" in seen.kinds and "support_line" in lines:
        lines.remove("support_line")
    return (*lines, "under_18") if minor else tuple(lines)


def _doubtful(seen: Seen) -> bool:
    """Whether only the wording sees that an amount is asked for.

    It may be wrong, so the amount is declined and the question still looked up: no passage shows
    an amount, whatever was asked.
    """
    asks = {rule.id for rule in signs().rules if rule.kind == "dosing"} | {"follow_up"}
    return "wording" in seen.ids and asks.isdisjoint(seen.ids)


def _answerable(question: Text, names: Names, kind: Kind, seen: Seen) -> str | None:
    """Return what of `question` may be searched for."""
    if kind == "information" or (kind == "emergency" and "dosing" not in seen.kinds):
        return question.original
    if kind == "dosing" and _doubtful(seen):
        return question.original
    if kind in ("emergency", "crisis", "dosing") and len(question.original) <= LONG:
        return harmless_half(question, names)
    return None
