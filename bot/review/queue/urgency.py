"""What a moderator must see first, and why: one rule for the queue and for its reasons."""

import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, Literal, cast, get_args

from bot.kinds import DECLINED, KINDS

__all__ = ["REST", "Reason", "judged_by_visitor", "reasons", "urgency"]

Reason = Literal[
    "emergency",
    "crisis",
    "gate",
    "thumbs_down",
    "not_found",
    "doubted",
    "ambiguous",
    "low_margin",
    "sample",
]
"""Why a record matters, the strongest reason first."""

ORDER: tuple[Reason, ...] = get_args(Reason)
REST: Final = 0
"""The urgency of a record that nothing singles out."""

DECLINES: Final = {KINDS[kind].answer: kind for kind in DECLINED}
WORDED: Final = "wording"
"""The sign of a question that no rule recognised, only its likeness to others."""

DOUBT: Final = 0.3
"""How likely the classifier must find a declined question to be one, for it not to doubt."""

NARROW: Final = 0.3
"""By how much the best passage that was shown must outdo the best that was not.

Both are fitted by `benchmarks.reasons`; anew when the weights of the ranking or of the wording are.
"""

SAMPLE: Final = 20
"""One of so many of the records that nothing singles out is put before the others."""


def reasons(
    record: str,
    kind: str,
    gate: Sequence[str],
    triage: Mapping[str, Any],
    candidates: Sequence[Mapping[str, Any]],
) -> tuple[Reason, ...]:
    """Why a record matters before any visitor has judged it; empty for most.

    `gate` is what the gate dropped; `triage` and `candidates` are as the record keeps them. The
    sample is drawn by the record's random id, so that writing it twice draws the same.
    """
    holds: dict[Reason, bool] = {
        "emergency": kind == "emergency",
        "crisis": kind == "crisis",
        "gate": bool(gate),
        "not_found": kind == "not_found",
        "doubted": doubted(kind, triage),
        "ambiguous": kind == "clarify",
        "low_margin": kind == "answer" and narrow(candidates),
    }
    found = tuple(reason for reason in ORDER if holds.get(reason))
    return found or (("sample",) if zlib.crc32(record.encode()) % SAMPLE == 0 else ())


def doubted(kind: str, triage: Mapping[str, Any], doubt: float = DOUBT) -> bool:
    """Whether a question was declined though rules and classifier do not agree that it should be.

    Either no rule saw anything, or the classifier finds it unlikely.
    """
    if kind not in DECLINES:
        return False
    likely = triage.get("likeness", {}).get(DECLINES[kind], 1.0)
    return WORDED in triage.get("signs", ()) or likely < doubt


def narrow(candidates: Sequence[Mapping[str, Any]], margin: float = NARROW) -> bool:
    """Whether the best that was shown hardly outdid the best that was not."""
    shown = [each["fused"] for each in candidates if each["shown"]]
    others = [each["fused"] for each in candidates if not each["shown"]]
    return bool(shown and others) and max(shown) - max(others) < margin


def judged_by_visitor(before: Collection[str], verdict: str | None) -> tuple[Reason, ...]:
    """The reasons of a record once a visitor has given `verdict`, `up` or `down`."""
    others = {reason for reason in before if reason != "thumbs_down"}
    if verdict == "down":
        others = (others - {"sample"}) | {"thumbs_down"}
    return tuple(reason for reason in ORDER if reason in others)


def urgency(found: Sequence[str]) -> int:
    """How far ahead in the queue a record belongs: the greater, the sooner; REST at the end."""
    places = [len(ORDER) - ORDER.index(cast(Reason, reason)) for reason in found]
    return max(places, default=REST)
