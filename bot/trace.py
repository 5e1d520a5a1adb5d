"""What was seen and weighed on the way to an answer: for the moderators, never for the visitor."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Candidate", "Trace"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that retrieval brought up, with its scores, and whether it was shown."""

    passage: str
    document: str
    fused: float
    dense: float
    lexical: float
    shown: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """One question's way through the program; holds no word of the question.

    `signs` are the ids of the triage rules that fired, `gate` what the gate dropped and why,
    `milliseconds` the time spent by stage. `keep` is false where nothing may be logged (the
    person says they are under age).
    """

    triage: str
    signs: tuple[str, ...] = ()
    substances: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    gate: tuple[str, ...] = ()
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    keep: bool = True
