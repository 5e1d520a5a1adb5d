"""How often and when: schedules, redosing, tapers, timed logs, and rows of dose tables."""

import re

from bot.screening.amounts import around
from bot.screening.amounts.scanned import Chain, Scanned

__all__ = ["labelled", "logs", "schedules"]

_LOG = re.compile(
    r"(?<![a-z0-9])t ?\+ ?\d{1,3}(?:[:.]\d{2}){0,2}(?![\d.]*%)"
    r"|(?<=[(\[])\+ ?\d{1,2}(?:[:.]\d{2}|h(?:\d{2})?)(?=[)\] ])"
)
_NAME = re.compile(r"-?[a-z]")


def schedules(scanned: Scanned, measured: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs that say how often, when again, or how fast less; `measured` are the amounts found."""
    found = []
    for match in scanned.lexicon.schedule_dosing.finditer(scanned.text):
        again = scanned.near("redose", *match.span(), 16, 8)
        if scanned.near("schedule_pass", *match.span(), 24, 24) and not again:
            continue
        low, high = scanned.sentence(*match.span())
        amount = any(low <= start < high for start, _ in measured)
        if amount or scanned.within("dosing", *match.span()):
            found.append(match.span())
    plain = [match.span() for match in scanned.lexicon.schedule_plain.finditer(scanned.text)]
    kept = [run for run in plain if not scanned.near("schedule_pass", *run, 16, 8)]
    return found + kept


def logs(scanned: Scanned) -> list[tuple[int, int]]:
    """`T+0:15`, the marks of a timed log."""
    return [match.span() for match in _LOG.finditer(scanned.text)]


def labelled(scanned: Scanned) -> list[tuple[int, int]]:
    """Numbers beside the name of a strength: `| 中等 | 30 - 75 |`, `Common: 50-125`."""
    if not scanned.has("labels"):
        return []
    weak: list[tuple[int, int]] = []
    strong: list[tuple[int, int]] = []
    for chain in scanned.chains():
        label = scanned.last_end("labels", chain.start)
        if label < 0 or not around.label_gap().fullmatch(scanned.text, label, chain.start):
            continue
        if _means_else(scanned, chain):
            continue
        told_apart = scanned.text[label - 1] in ":(" or around.plateau().search(
            scanned.text, max(0, label - 8), label
        )
        if label == chain.start and not told_apart:
            continue
        told = around.strong_gap().search(scanned.text, label, chain.start)
        told = told or around.plateau().search(scanned.text, max(0, label - 8), label)
        kind = strong if told else weak
        kind.append((chain.start, chain.end))
    return strong + (weak if len(weak) + len(strong) > 1 else [])


def _means_else(scanned: Scanned, chain: Chain) -> bool:
    """Whether a time, a share, a name or the like follows instead of a unit or nothing."""
    unit = scanned.lexicon.unit.match(scanned.text, chain.end)
    if unit and unit.lastgroup != "molar":
        return False
    named = _NAME.match(scanned.text, chain.end)
    return bool(chain.kind != "digits" or named or scanned.is_at("label_pass", chain.end))
