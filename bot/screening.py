"""What of a passage may be shown: all of it, all but the amounts, or nothing.

The policy is data (`lexicon/doses.toml`, `[withhold]` and `[density]`): an amount inside a
useful sentence is masked; dose tables, timed logs and instructions for preparing, making,
growing, buying or beating tests are withheld whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from bot.amounts_lexicon import Words, lexicon
from bot.answer import MARK, WithheldReason
from bot.doses import Finding, find, mask
from bot.normalise import normalise
from embeddings.documents import Changes

__all__ = ["Screened", "leaks", "safe", "screen"]

_CLOCK = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-3])[:：][0-5]\d(?![\d:])|(?<!\d)\d{1,2}点(?:\d{1,2}分|半|钟|左右)"
)
_LETTER = re.compile(r"[^\W\d_]")
_HEADER_UNIT = re.compile(r"[(\[/ |](?:mg|ug|mcg|g|ml|毫克|微克|克|毫升)(?:/kg)?[)\] |]")
_CELL_NUMBER = re.compile(
    r"(?<=\|)[ ]?[<>~≈]?[ ]?\d[\d.,]*(?:[ ]?[-~][ ]?\d[\d.,]*)?[ ]?\+?[ ]?(?=\|)"
)


@dataclass(frozen=True, slots=True)
class Screened:
    """`withheld` is the reason to show nothing; else mask `findings`, perhaps none."""

    withheld: WithheldReason | None
    findings: tuple[Finding, ...]


def screen(
    text: str,
    *,
    title: str = "",
    section: tuple[str, ...] = (),
    changes: Changes = "mask",
) -> Screened:
    """Screen one passage as it would be quoted; offsets are code points of `text`.

    `changes="withhold"` is for a licence without derivatives: nothing is masked, so a passage
    with any finding is withheld.
    """
    findings = find(text)
    withheld = _instruction(text, title, section, findings) or _shape(text, findings)
    if withheld is None and findings and changes == "withhold":
        withheld = findings[0].reason
    return Screened(withheld, findings)


def leaks(text: str) -> tuple[Finding, ...]:
    """What must not leave the program in a title, name, path, address or message."""
    return find(text)


def safe(text: str) -> bool:
    """Whether `text` may be shown as it is."""
    return not leaks(text)


@dataclass(frozen=True)
class _Rule:
    reason: WithheldReason
    titles: tuple[str, ...]
    sections: tuple[str, ...]
    with_amount: tuple[str, ...]
    steps: Words
    enough: int
    enough_titled: int


@cache
def _rules() -> tuple[_Rule, ...]:
    table = cast(Mapping[str, Mapping[str, Any]], lexicon().data["withhold"])
    return tuple(
        _Rule(
            cast(WithheldReason, reason),
            tuple(rule.get("titles", ())),
            tuple(rule.get("sections", ())),
            tuple(rule.get("with_amount", ())),
            Words(rule.get("steps", ())),
            rule.get("enough", 1),
            rule.get("enough_titled", 1),
        )
        for reason, rule in table.items()
    )


def _instruction(
    text: str, title: str, section: tuple[str, ...], findings: tuple[Finding, ...]
) -> WithheldReason | None:
    head = normalise(" / ".join((title, *section))).text.lower()
    body = normalise(text).text.lower()
    for rule in _rules():
        if any(word in head for word in rule.titles):
            return rule.reason
        if findings and any(word in head for word in rule.with_amount):
            return rule.reason
        steps = {body[start:end] for start, end in rule.steps.places(body)}
        named = any(word in head for word in rule.sections)
        if len(steps) >= (rule.enough_titled if named else rule.enough):
            return rule.reason
    return None


def _shape(text: str, findings: tuple[Finding, ...]) -> WithheldReason | None:
    """The reason where the passage is a log, a table, or mostly marks."""
    if any(finding.reason == "log" for finding in findings):
        return "log"
    if findings and len(_CLOCK.findall(text)) >= 3:
        return "log"
    rows = sum(finding.reason == "table" for finding in findings)
    if rows > 1 or _headed(text):
        return "table"
    if not findings:
        return None
    if sum(finding.reason == "schedule" for finding in findings) > 1 and len(findings) > 3:
        return "schedule"
    return _sparse(text, findings)


def _headed(text: str) -> bool:
    """A table whose unit stands in its header, so that its cells hold bare numbers."""
    if "|" not in text:
        return False
    plain = normalise(text).text.lower()
    return bool(_HEADER_UNIT.search(plain)) and len(_CELL_NUMBER.findall(plain)) >= 2


def _sparse(text: str, findings: tuple[Finding, ...]) -> WithheldReason | None:
    limits = cast(
        Mapping[Literal["letters", "letters_per_mark", "marks"], int], lexicon().data["density"]
    )
    letters = len(_LETTER.findall(mask(text, findings).text.replace(MARK, "")))
    if letters < limits["letters"]:
        return findings[0].reason
    many = len(findings) >= limits["marks"]
    return "table" if many and letters < limits["letters_per_mark"] * len(findings) else None
