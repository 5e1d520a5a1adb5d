"""Whether anything that was found answers at all, and how sure that is.

The weights are fitted by `training.abstention` and lie in `abstention.toml`.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from bot.retrieval.evidence import evidence, missing_concepts, named_with_classes
from bot.retrieval.subject import Subject
from bot.substances.unknown import unknown_name, unknown_partner, unknown_year
from embeddings.datafiles import table
from embeddings.search import Hit, Query
from embeddings.snapshot import Snapshot

__all__ = ["Judgement", "abstain", "confidence", "nothing_names_it", "unheard_of"]

Sureness = Literal["sure", "doubtful", "silent"]


class Judgement(NamedTuple):
    """Whether to show what was found, and the signal that spoke against it."""

    sureness: Sureness
    why: str | None = None


def abstain(hits: Sequence[Hit], subject: Subject, snapshot: Snapshot, query: Query) -> Judgement:
    """Judge whether `hits`, best first, answer a question, were found by `query`.

    Two signals are no matter of degree, for what the sources say of another substance is no answer
    however near it comes: no passage names what is asked about, and nobody knows the name. All
    else is weighed together.
    """
    why = nothing_names_it(hits, subject) or unheard_of(subject, snapshot, query)
    if why:
        return Judgement("silent", why)
    limits = _fitted()["limits"]
    sure = confidence(evidence(hits, subject, snapshot))
    if sure >= limits["sure"]:
        return Judgement("sure")
    missing = missing_concepts(hits, subject)
    why = f"no passage speaks of {', '.join(sorted(missing))}" if missing else "nothing near enough"
    return Judgement("doubtful" if sure >= limits["shown"] else "silent", f"{why} ({sure:.2f})")


def confidence(found: Mapping[str, float]) -> float:
    """Return the probability that one of the best passages answers, from what speaks for it."""
    # The constant is a weight whose feature is one.
    score = sum(
        weight * {"constant": 1.0, **found}[name] for name, weight in _fitted()["weights"].items()
    )
    return 1 / (1 + math.exp(-score))


def nothing_names_it(hits: Sequence[Hit], subject: Subject) -> str | None:
    """Return why nothing answers where no passage names a substance that is asked about."""
    asked, names = subject.substances, subject.names
    if not hits or (asked and not any(asked & named_with_classes(h.passage, names) for h in hits)):
        return "no passage names it"
    return None


def unheard_of(subject: Subject, snapshot: Snapshot, query: Query) -> str | None:
    """Return why nothing answers where a question names what no passage does, else None."""
    asked = subject.asked
    name = (
        unknown_name(asked, subject.names, snapshot)
        or unknown_partner(asked, subject.names, snapshot, query.allowed)
        or unknown_year(asked, snapshot, query.allowed)
    )
    return f"no passage names {name}" if name else None


@cache
def _fitted() -> Mapping[str, dict[str, float]]:
    return table(__file__, "abstention.toml")
