"""Passages of one document that say the same in two languages: its abstracts."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from embeddings.documents import Passage
from embeddings.text.boilerplate import is_abstract

__all__ = ["paired"]


def paired(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the passages, those of abstracts in two languages with their `translations`.

    Translations keep the order of what they translate, so a passage's counterparts are those
    that stand at the same part of the other abstract's length.
    """
    abstracts: dict[bool, list[Passage]] = {True: [], False: []}
    for passage in passages:
        if is_abstract(passage.section):
            abstracts[passage.language == "en"].append(passage)
    found = _counterparts(abstracts[True], abstracts[False])
    found |= _counterparts(abstracts[False], abstracts[True])
    return tuple(replace(p, translations=found.get(p.id, p.translations)) for p in passages)


def _counterparts(these: list[Passage], those: list[Passage]) -> dict[str, tuple[str, ...]]:
    """Return, for each of these passages, the ids of those that overlap it in proportion."""
    if not those:
        return {}
    others = _spans(those)
    found: dict[str, tuple[str, ...]] = {}
    for passage, (start, end) in zip(these, _spans(these), strict=True):
        shared = [min(end, b) - max(start, a) for a, b in others]
        least = min(0.2 * (end - start), max(shared))
        found[passage.id] = tuple(
            other.id for other, part in zip(those, shared, strict=True) if part >= least
        )
    return found


def _spans(passages: list[Passage]) -> list[tuple[float, float]]:
    """Return where each passage begins and ends as a share of all of them together."""
    ends = list(accumulate(len(passage.text) for passage in passages))
    total = ends[-1] if ends else 1
    return [(a / total, b / total) for a, b in zip([0, *ends], ends, strict=False)]
