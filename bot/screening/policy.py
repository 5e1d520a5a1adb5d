"""`policy.toml`: what is done with a passage and why, read once and checked."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from bot.answer import WithheldReason
from bot.screening.amounts.patterns import alternatives
from embeddings.datafiles import table
from embeddings.errors import CatalogueInvalid

__all__ = ["Listed", "Policy", "Rule", "policy", "why"]

_TITLED: tuple[WithheldReason, ...] = ("schedule", "table")
_INSTRUCTIONS: tuple[WithheldReason, ...] = ("making", "preparation", "sourcing")


class Listed:
    """A list of words to find: Chinese anywhere, Latin only whole, none inside a word of `never`.

    Searching word by word is quick in short texts, where few of very many words stand.
    """

    def __init__(self, words: Iterable[str], never: Iterable[str] = ()) -> None:
        listed = {word.lower() for word in words}
        self._other = tuple(sorted(word for word in listed if not word.isascii()))
        self._never = tuple(word for word in never if not word.isascii())
        latin = alternatives(word for word in listed if word.isascii())
        self._latin = re.compile(rf"(?<![a-z0-9])(?:{latin or '(?!)'})(?![a-z])")

    def places(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each in a text in lower case, sorted."""
        found = [match.span() for match in self._latin.finditer(text)]
        found += _all(text, self._other)
        if found and self._never:
            found = _outside(found, _all(text, self._never))
        return sorted(found)


def _all(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = text.find(word, at + len(word))
    return found


def _outside(found: list[tuple[int, int]], longer: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `found` that lie in none of `longer`."""
    starts, reach, furthest = [], [], 0
    for start, end in sorted(longer):
        furthest = max(furthest, end)
        starts.append(start)
        reach.append(furthest)
    kept = []
    for start, end in found:
        at = bisect_right(starts, start) - 1
        # All that begin no later have been seen, so the furthest of their ends decides.
        if at < 0 or reach[at] < end:
            kept.append((start, end))
    return kept


@dataclass(frozen=True)
class Rule:
    """How instructions of one kind are known; the comment in the data says what each list does."""

    reason: WithheldReason
    titles: tuple[str, ...]
    folders: tuple[str, ...]
    sections: tuple[str, ...]
    whole_section: bool
    steps: Listed
    enough: int
    enough_titled: int
    act: Listed
    means: Listed
    order: Listed
    spared: Listed
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
    office_hours: Listed
    letters: int
    letters_per_mark: int
    marks: int
    length: int
    letters_beside_table: int
    strengths: tuple[str, ...]
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
        office_hours=Listed(data["log"]["office_hours"]),
        letters=limits["letters"],
        letters_per_mark=limits["letters_per_mark"],
        marks=limits["marks"],
        length=limits["length"],
        letters_beside_table=data["table"]["letters_beside"],
        strengths=tuple(data["table"]["strengths"]),
        why={name: str(table["why"]) for name, table in data.items()},
    )


def _rule(reason: WithheldReason, table: Mapping[str, Any]) -> Rule:
    return Rule(
        reason=reason,
        titles=tuple(table["titles"]),
        folders=tuple(table["folders"]),
        sections=tuple(table["sections"]),
        whole_section=bool(table["whole_section"]),
        steps=Listed(table["steps"]),
        enough=int(table["enough"]),
        enough_titled=int(table["enough_titled"]),
        act=Listed(table["act"], table["never"]),
        means=Listed(table["means"], table["never"]),
        order=Listed(table["order"]),
        spared=Listed(table["spared"]),
        spared_sections=tuple(table["spared_sections"]),
        sentence=int(table["sentence"]),
        most_acts=int(table["most_acts"]),
        alone=frozenset(table["alone"]),
        spared_limit=int(table["spared_limit"]),
        mask=table["mask"],
        hides=tuple(table["hides"]),
        shows=tuple(table["shows"]),
    )
