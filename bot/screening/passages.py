"""What of a passage may be shown: all of it, all but some runs, or nothing.

The policy is data (`policy.toml`, with the reasons): an amount inside a useful sentence is
masked, and so is a single sentence of instruction; dose tables, timed logs and passages that
instruct in preparing, making, growing, buying or beating tests are withheld whole.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bot.answer import MARK, WithheldReason
from bot.screening.amounts.normalise import normalise
from bot.screening.doses import Finding, find, mask
from bot.screening.instructions import instructed, taught
from bot.screening.policy import policy
from bot.screening.tables import goes_on, headed, rows_hidden
from bot.vocabulary.matching import alternatives
from embeddings.documents import Changes

__all__ = ["Screened", "leaks", "safe", "screen"]

_CLOCK = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-3])[:：][0-5]\d(?![\d:])|(?<!\d)\d{1,2}点(?:\d{1,2}分|半|钟|左右)"
)
_LETTER = re.compile(r"[^\W\d_]")
_BORDER = 24
"""Code points on each side of the border between two passages that are read together."""


@cache
def _counted() -> re.Pattern[str]:
    """Something counted beside the times of a log."""
    things = f"(?:{alternatives(policy().counted)})"
    return re.compile(rf"(?<![\d:.])\d{{1,2}} ?(?:more )?{things}(?![a-z])")


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
    path: str = "",
    before: str = "",
    changes: Changes = "mask",
) -> Screened:
    """Screen one passage as it would be quoted; offsets are code points of `text`.

    `path` is the document's, whose folders can tell what it teaches; `before` the passage before
    it under the same heading, whose end or table header can give a number its unit.
    `changes="withhold"` is for a licence without derivatives: nothing is masked, so a passage
    with any finding is withheld.
    """
    if len(text) > policy().length:
        return Screened("table", (Finding(0, len(text), "table"),))
    amounts = _with_border(text, find(text), before)
    sentences, manual = instructed(text, section)
    withheld = taught(text, title, section, path) or manual
    findings = _joined(amounts, sentences)
    if withheld is None:
        titled = _titled(title, section, amounts)
        withheld = titled or _shape(text, before, amounts, findings)
        if withheld == "table" or (withheld == "schedule" and not titled):
            findings, withheld = _cut(text, before, findings, withheld)
    if withheld is None and findings and changes == "withhold":
        withheld = findings[0].reason
    return Screened(withheld, findings)


def _cut(
    text: str, before: str, findings: tuple[Finding, ...], reason: Literal["table", "schedule"]
) -> tuple[tuple[Finding, ...], WithheldReason | None]:
    """The rows of a table alone, where none of its numbers lacks its unit; else all of it."""
    plain = not headed(text) and not headed(before)
    left = rows_hidden(text, findings, reason) if plain else None
    return (findings, reason) if left is None else (left, _sparse(text, left))


def leaks(text: str) -> tuple[Finding, ...]:
    """What must not leave the program in a title, name, path, address or message."""
    return find(text)


def safe(text: str) -> bool:
    """Whether `text` may be shown as it is."""
    return not leaks(text)


def _joined(amounts: tuple[Finding, ...], sentences: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Both in order; where they overlap they become one, for the reason of the longer."""
    joined: list[Finding] = []
    for finding in sorted((*amounts, *sentences), key=lambda f: (f.start, -f.end)):
        last = joined[-1] if joined else None
        if last is None or finding.start >= last.end:
            joined.append(finding)
            continue
        longer = last if last.end - last.start >= finding.end - finding.start else finding
        joined[-1] = Finding(last.start, max(last.end, finding.end), longer.reason)
    return tuple(joined)


def _titled(
    title: str, section: tuple[str, ...], findings: tuple[Finding, ...]
) -> WithheldReason | None:
    """The reason where a heading promises a table or a plan, and an amount stands below it."""
    if not findings:
        return None
    head = normalise(" / ".join((title, *section))).text.lower()
    for reason, words in policy().with_amount.items():
        # One amount is no table: a sentence such as "N or more has killed" keeps its warning.
        enough = len(findings) > (reason == "table")
        if enough and any(word in head for word in words):
            return reason
    return None


def _shape(
    text: str, before: str, amounts: tuple[Finding, ...], findings: tuple[Finding, ...]
) -> WithheldReason | None:
    """The reason where the passage is a log, a table, or mostly marks."""
    if any(finding.reason == "log" for finding in amounts) or _timed(text, amounts):
        return "log"
    rows = sum(finding.reason == "table" for finding in amounts)
    if rows > 1 or headed(text) or goes_on(before, text):
        return "table"
    if not findings:
        return None
    if sum(finding.reason == "schedule" for finding in amounts) > 1 and len(amounts) > 3:
        return "schedule"
    return _sparse(text, findings)


def _timed(text: str, amounts: tuple[Finding, ...]) -> bool:
    """Whether three clock times stand beside something counted, and it is no office's hours."""
    if len(_CLOCK.findall(text)) < 3:
        return False
    low = normalise(text).text.lower()
    if not amounts and not _counted().search(low):
        return False
    return bool(amounts) or not policy().office_hours.places(low)


def _with_border(text: str, found: tuple[Finding, ...], before: str) -> tuple[Finding, ...]:
    """The findings, and one at the very beginning where the passage before ends in its number."""
    lead = before[-_BORDER:]
    if not lead or not (lead[-1].isdigit() or text[:1].isdigit()):
        return found
    joined = f"{lead} {text[:_BORDER]}"
    over = [f for f in find(joined) if f.start < len(lead) < f.end]
    ends = [min(len(text), f.end - len(lead) - 1) for f in over if f.end > len(lead) + 1]
    if not ends or any(f.start == 0 for f in found):
        return found
    return (Finding(0, max(ends), "amount"), *(f for f in found if f.start >= max(ends)))


def _sparse(text: str, findings: tuple[Finding, ...]) -> WithheldReason | None:
    limits = policy()
    letters = len(_LETTER.findall(mask(text, findings).text.replace(MARK, "")))
    if letters < limits.letters:
        return findings[0].reason
    many = len(findings) >= limits.marks
    return "table" if many and letters < limits.letters_per_mark * len(findings) else None
