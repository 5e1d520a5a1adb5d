"""What a moderator must see first, and why: one rule for the queue and for its reasons."""

from collections.abc import Sequence
from typing import Literal

__all__ = ["REST", "Reason", "reasons", "urgency"]

Reason = Literal["emergency", "crisis", "gate", "thumbs_down", "not_found"]
ORDER: tuple[Reason, ...] = ("emergency", "crisis", "gate", "thumbs_down", "not_found")
REST = 0
"""The urgency of a record that nothing singles out."""


def reasons(kind: str, gate: Sequence[str], feedback: str | None) -> tuple[Reason, ...]:
    """Why a record matters, the strongest reason first; empty for most.

    `gate` is what the gate dropped, `feedback` the visitor's verdict.
    """
    holds: dict[Reason, bool] = {
        "emergency": kind == "emergency",
        "crisis": kind == "crisis",
        "gate": bool(gate),
        "thumbs_down": feedback == "down",
        "not_found": kind == "not_found",
    }
    return tuple(reason for reason in ORDER if holds[reason])


def urgency(kind: str, gate: Sequence[str], feedback: str | None) -> int:
    """How far ahead in the queue a record belongs: the greater, the sooner; REST at the end."""
    found = reasons(kind, gate, feedback)
    return len(ORDER) - ORDER.index(found[0]) if found else REST
