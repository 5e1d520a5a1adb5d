"""Telling instructions for making, preparing and buying from everything else.

A passage that is made of them is withheld whole; a single sentence or clause in a useful passage
is masked. What counts is data: `policy.toml`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from bot.answer import WithheldReason
from bot.screening.amounts.normalise import Normalised, normalise
from bot.screening.doses import Finding
from bot.screening.policy import Rule, policy
from embeddings.text.sentences import sentences

__all__ = ["instructed", "taught"]

_CLAUSE = re.compile(r"[，,；;：:。.!?！？\n]")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
_LABORATORY = 3
_MANY = 3
"""So many sentences of instruction are a manual, whatever stands between them."""


def taught(text: str, title: str, section: tuple[str, ...], path: str) -> WithheldReason | None:
    """Why a passage is instruction as a whole, by where it stands and by its words; or None."""
    head = normalise(" / ".join((title, *section))).text.lower()
    folders = normalise(path.rpartition("/")[0]).text.lower().split("/")
    body = normalise(text).text.lower()
    for rule in policy().rules:
        if any(word in head for word in rule.titles) or any(
            folder.endswith(rule.folders) for folder in folders
        ):
            return rule.reason
        steps = {body[start:end] for start, end in rule.steps.places(body)}
        named = any(word in head for word in rule.sections)
        if len(steps) >= (rule.enough_titled if named else rule.enough):
            return rule.reason
    return None


def instructed(
    text: str, section: tuple[str, ...] = ()
) -> tuple[tuple[Finding, ...], WithheldReason | None]:
    """The sentences and clauses of `text` that instruct, and the reason if they are most of it."""
    view = normalise(text)
    head = normalise(" / ".join(section)).text.lower()
    innermost = head.rpartition(" / ")[2]
    low = view.text.lower()
    found: list[Finding] = []
    for rule in policy().rules:
        if any(word in head for word in rule.spared_sections):
            continue
        mine = list(_sentences(text, view, low, rule))
        hidden = sum(finding.end - finding.start for finding in mine)
        named = rule.whole_section and any(word in innermost for word in rule.sections)
        if len(mine) >= _MANY or (mine and (named or hidden > len(text) / 2)):
            return tuple(mine), rule.reason
        found += mine
    return tuple(sorted(found, key=lambda finding: finding.start)), None


def _sentences(text: str, view: Normalised, low: str, rule: Rule) -> Iterator[Finding]:
    acts, means = rule.act.places(low), rule.means.places(low)
    if not means:
        return
    order, spared = rule.order.places(low), rule.spared.places(low)
    for start, end in sentences(text):
        first, last = bisect_left(view.starts, start), bisect_left(view.starts, end)
        did, tools = _within(acts, first, last), _within(means, first, last)
        acted = set(did)
        tools = [run for run in tools if run not in acted]
        named = {low[a:b] for a, b in tools}
        ordered = bool(_within(order, first, last))
        done = {low[a:b] for a, b in did}
        if not named or (not did and len(named & rule.alone) < _LABORATORY):
            continue
        if min(len(done), rule.most_acts) + len(named) + 2 * ordered < rule.sentence:
            continue
        told = _within(spared, first, last) or _YEAR.search(text, start, end)
        if told and len(named) < rule.spared_limit:
            continue
        if rule.mask == "clause":
            runs = sorted([*did, *tools])
            start, end = _clauses(text, start, end, view, runs[0][0], runs[-1][1])
        yield Finding(start, end, rule.reason)


def _within(places: list[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    low = bisect_left(places, (first, first))
    high = bisect_left(places, (last, last))
    return places[low:high]


def _clauses(
    text: str, start: int, end: int, view: Normalised, first: int, last: int
) -> tuple[int, int]:
    """The clauses of a sentence from the first to the last word that counted."""
    begins, ends = view.starts[first], view.ends[last - 1]
    marks = [mark.end() for mark in _CLAUSE.finditer(text, start, begins)]
    after = _CLAUSE.search(text, ends, end)
    return (marks[-1] if marks else start), (after.start() if after else end)
