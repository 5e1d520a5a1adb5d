"""Leaving out passages that say the same as a better one: a wiki repeats itself."""

from collections.abc import Sequence

from embeddings.search import Hit
from embeddings.text.cleaning import squeeze

__all__ = ["folded"]

SAME = 0.85
"""Two passages that share so much of their runs of four characters say the same."""


def folded(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """Return the first hits but for those that say nearly the same as a better one."""
    kept: list[Hit] = []
    seen: dict[str, frozenset[str]] = {}
    for hit in hits:
        if len(kept) == limit:
            break
        text = squeeze(hit.passage.text)
        if seen.get(text):
            continue
        parts = frozenset([text[at : at + 4] for at in range(len(text) - 3)])
        if any(alike(parts, other) for other in seen.values()):
            continue
        kept.append(hit)
        seen[text] = parts
    return kept


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two passages share nearly all of their runs; sizes alone often tell."""
    fewer, more = sorted((len(one), len(other)))
    if fewer <= SAME * more:
        return False
    common = len(one & other)
    return common > SAME * (fewer + more - common)
