"""Finding the amounts and schedules in a text, and masking them.

What is an amount is decided by `doses.toml` and the scanners in `amounts/`; whether a
whole passage must be withheld, by `bot.screening.passages`.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answer import MARK, Withheld, WithheldReason
from bot.screening.amounts.lexicon import lexicon
from bot.screening.amounts.normalise import Normalised, views
from bot.screening.amounts.scan import amounts
from bot.screening.amounts.scanned import Scanned
from bot.screening.amounts.schedule import labelled, logs, schedules
from bot.screening.policy import policy

__all__ = ["Finding", "Masked", "find", "mask"]

_JOINTS = frozenset(" \n-–—~〜～+＋/／,，、x×*→>\\至到和或与及后再toandrhe")
_ROUNDS = 4
_PRIORITY: tuple[WithheldReason, ...] = ("log", "table", "schedule", "amount")


@dataclass(frozen=True, slots=True)
class Finding:
    """A run of a text that must not be shown, in code points of that text."""

    start: int
    end: int
    reason: WithheldReason


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with a mark for each run that was found, and where the marks stand in it."""

    text: str
    withheld: tuple[Withheld, ...]
    findings: tuple[Finding, ...]

    def translate(self, start: int, end: int) -> tuple[int, int]:
        """Where a run of the original stands now; an end inside a mark moves outside it."""
        return self._place(start, before=True), self._place(end, before=False)

    def _place(self, place: int, *, before: bool) -> int:
        shift = 0
        for finding, mark in zip(self.findings, self.withheld, strict=True):
            if place <= finding.start:
                break
            if place < finding.end:
                return mark.start if before else mark.end
            shift = mark.end - finding.end
        return place + shift


def find(text: str) -> tuple[Finding, ...]:
    """All runs of `text` that state an amount or a schedule, in order, not overlapping.

    Looks again at what is left after masking, so that masked text is clean for every caller.
    Time is linear in the length of the text; one that is longer than any passage is hidden whole.
    """
    if len(text) > policy().length:
        return (Finding(0, len(text), "table"),)
    findings = _once(text)
    for _ in range(_ROUNDS):
        if not findings:
            break
        masked = mask(text, findings)
        more = _once(masked.text)
        if not more:
            break
        back = [_original(masked, finding) for finding in more]
        findings = _merged(text, [*findings, *back])
    return findings


def mask(text: str, findings: Sequence[Finding]) -> Masked:
    """`text` with `MARK` in place of each finding; everything else is verbatim."""
    parts: list[str] = []
    withheld: list[Withheld] = []
    at = length = 0
    for finding in findings:
        parts += (text[at : finding.start], MARK)
        length += finding.start - at + len(MARK)
        withheld.append(Withheld(start=length - len(MARK), end=length, reason=finding.reason))
        at = finding.end
    parts.append(text[at:])
    return Masked("".join(parts), tuple(withheld), tuple(findings))


def _once(text: str) -> tuple[Finding, ...]:
    return _merged(text, [finding for view in views(text) for finding in _scan(view)])


def _scan(view: Normalised) -> Iterable[Finding]:
    scanned = Scanned(view.text.lower(), view.text, view.lines, lexicon())
    # Only a row of ligatures that each stand for many letters grows so much.
    if len(view.text) > 2 * policy().length or scanned.crowded():
        yield Finding(*view.span(0, len(view.text)), "table")
        return
    measured = amounts(scanned)
    for start, end in measured:
        yield Finding(*view.span(start, end), "amount")
    for start, end in schedules(scanned, measured):
        yield Finding(*view.span(start, end), "schedule")
    for start, end in labelled(scanned):
        yield Finding(*view.span(start, end), "table")
    for start, end in logs(scanned):
        yield Finding(*view.span(start, end), "log")


def _merged(text: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Overlapping runs become one, and so do runs with only a connector between them."""
    merged: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        finding = _trimmed(text, finding)
        if merged and _touch(text, merged[-1], finding):
            last = merged[-1]
            reason = min(last.reason, finding.reason, key=_PRIORITY.index)
            merged[-1] = Finding(last.start, max(last.end, finding.end), reason)
        else:
            merged.append(finding)
    return tuple(merged)


def _touch(text: str, last: Finding, finding: Finding) -> bool:
    if finding.start <= last.end:
        return True
    if finding.reason != last.reason:
        return False
    return finding.start - last.end <= 5 and _JOINTS.issuperset(text[last.end : finding.start])


def _trimmed(text: str, finding: Finding) -> Finding:
    """Without white space at its ends, with the invisible characters that cling to it."""
    start, end = finding.start, finding.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end < len(text) and unicodedata.category(text[end]) in ("Mn", "Me", "Cf"):
        end += 1
    return Finding(start, end, finding.reason)


def _original(masked: Masked, finding: Finding) -> Finding:
    """A finding in masked text, in code points of the text before masking."""

    def back(place: int, *, before: bool) -> int:
        shift = 0
        for run, mark in zip(masked.findings, masked.withheld, strict=True):
            if place <= mark.start:
                break
            if place < mark.end:
                return run.start if before else run.end
            shift = run.end - mark.end
        return place + shift

    return Finding(
        back(finding.start, before=True), back(finding.end, before=False), finding.reason
    )
