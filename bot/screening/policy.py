"""`policy.toml`: what is done with a passage and why, read once and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from bot.answer import WithheldReason
from bot.vocabulary.matching import Words
from embeddings.datafiles import table
from embeddings.errors import CatalogueInvalid

__all__ = ["Policy", "Rule", "policy", "why"]

_TITLED: tuple[WithheldReason, ...] = ("schedule", "table")
_INSTRUCTIONS: tuple[WithheldReason, ...] = ("making", "preparation", "sourcing")


@dataclass(frozen=True)
class Rule:
    """How instructions of one kind are known; the comment in the data says what each list does."""

    reason: WithheldReason
    titles: tuple[str, ...]
    folders: tuple[str, ...]
    sections: tuple[str, ...]
    whole_section: bool
    steps: Words
    enough: int
    enough_titled: int
    act: Words
    means: Words
    order: Words
    spared: Words
    spared_sections: tuple[str, ...]
    sentence: int
    most_acts: int
    alone: frozenset[str]
    spared_limit: int
    mask: Literal["sentence", "clause"]
    hides: tuple[str, ...]
    shows: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """The rules, the words of a heading under which an amount withholds all, and the limits."""

    rules: tuple[Rule, ...]
    with_amount: Mapping[WithheldReason, tuple[str, ...]]
    office_hours: Words
    letters: int
    letters_per_mark: int
    marks: int
    length: int
    letters_beside_table: int
    strengths: tuple[str, ...]
    header_units: tuple[str, ...]
    lasts: tuple[str, ...]
    counted: tuple[str, ...]
    why: Mapping[str, str]


@cache
def policy() -> Policy:
    """The shipped policy. Raises CatalogueInvalid if the file lacks what screening needs."""
    try:
        return _read(table(__file__, "policy.toml"))
    except (ValueError, KeyError, TypeError) as error:
        raise CatalogueInvalid(f"policy.toml cannot be used for screening: {error!r}") from error


def why(reason: str) -> str:
    """Why passages are hidden for a reason of an answer, in the words of the policy."""
    reasons = policy().why
    return reasons.get(reason, reasons["amounts"])


def _read(data: Mapping[str, Any]) -> Policy:
    limits = data["density"]
    return Policy(
        rules=tuple(_rule(reason, data[reason]) for reason in _INSTRUCTIONS),
        with_amount={reason: tuple(data[reason]["with_amount"]) for reason in _TITLED},
        office_hours=Words(data["log"]["office_hours"]),
        letters=limits["letters"],
        letters_per_mark=limits["letters_per_mark"],
        marks=limits["marks"],
        length=limits["length"],
        letters_beside_table=data["table"]["letters_beside"],
        strengths=tuple(data["table"]["strengths"]),
        header_units=tuple(data["table"]["header_units"]),
        lasts=tuple(data["table"]["lasts"]),
        counted=tuple(data["log"]["counted"]),
        why={name: str(table["why"]) for name, table in data.items()},
    )


def _rule(reason: WithheldReason, table: Mapping[str, Any]) -> Rule:
    return Rule(
        reason=reason,
        titles=tuple(table["titles"]),
        folders=tuple(table["folders"]),
        sections=tuple(table["sections"]),
        whole_section=bool(table["whole_section"]),
        steps=Words(table["steps"]),
        enough=int(table["enough"]),
        enough_titled=int(table["enough_titled"]),
        act=Words(table["act"], table["never"]),
        means=Words(table["means"], table["never"]),
        order=Words(table["order"]),
        spared=Words(table["spared"]),
        spared_sections=tuple(table["spared_sections"]),
        sentence=int(table["sentence"]),
        most_acts=int(table["most_acts"]),
        alone=frozenset(table["alone"]),
        spared_limit=int(table["spared_limit"]),
        mask=table["mask"],
        hides=tuple(table["hides"]),
        shows=tuple(table["shows"]),
    )
