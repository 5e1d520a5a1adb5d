"""What speaks for the best passages as an answer to a question, as numbers to be weighed.

The score alone does not tell: questions near the subject of the sources score high, answered or
not. So it is also asked whether the sources have the words that carry the question at all.
"""

import math
from collections.abc import Mapping, Sequence

from bot.retrieval.subject import Subject
from bot.substances.naming import Names
from bot.vocabulary.concepts import needed
from embeddings.documents import Passage
from embeddings.search import Hit
from embeddings.snapshot import Snapshot
from embeddings.text.stopwords import content_terms

__all__ = ["BEST", "carrying", "evidence", "missing_concepts", "named_with_classes"]

BEST = 5
"""So many passages are looked at: those that a visitor is shown."""

_DEEP = 9
"""The place whose score the first is measured against."""


def evidence(hits: Sequence[Hit], subject: Subject, snapshot: Snapshot) -> Mapping[str, float]:
    """Return what the best passages, at least one, and a question have in common.

    `dense` and `lexical` are the best scores among them, `first` is the cosine of the first,
    `margin` how far it stands above the tenth. `unseen` is the share of the carrying words that no
    passage of the snapshot has, each weighed by how rare it is; `page` the share of the best that
    are from a page of a substance asked about; `concept` whether none of them speaks of a
    condition or place asked about. Whether the best themselves have the carrying words told nothing
    more, nor did topics: what is answered nowhere is asked in the words of what is.
    """
    best = hits[:BEST]
    weights = {term: _rarity(term, snapshot) for term in carrying(subject)}
    total = sum(weights.values()) or 1.0
    unseen = [term for term in weights if not len(snapshot.lexical.rows_with(term))]
    asked = subject.substances
    pages = [not asked.isdisjoint(hit.passage.labels.get("page", ())) for hit in best]
    return {
        "dense": max(hit.dense for hit in best),
        "first": best[0].dense,
        "lexical": max(hit.lexical for hit in best) / _largest(snapshot),
        "margin": best[0].fused - hits[min(_DEEP, len(hits) - 1)].fused,
        "unseen": sum(weights[term] for term in unseen) / total,
        "page": sum(pages) / len(best),
        "concept": float(bool(missing_concepts(best, subject))),
    }


def carrying(subject: Subject) -> list[str]:
    """Return the words that carry a question, each once: its content beside names of substances."""
    text, place, parts = subject.asked.original, 0, []
    for mention in subject.names.mentions(subject.asked):
        parts.append(text[place : mention.start])
        place = max(place, mention.end)
    return list(dict.fromkeys(content_terms(" ".join([*parts, text[place:]]))))


def missing_concepts(hits: Sequence[Hit], subject: Subject) -> frozenset[str]:
    """Return the conditions and places asked about of which none of some passages speaks."""
    spoken = {name for hit in hits for name in hit.passage.labels.get("concepts", ())}
    return needed(subject.concepts) - spoken


def named_with_classes(passage: Passage, names: Names) -> frozenset[str]:
    """Return the substances that a passage names, with their classes: what it says is of both."""
    named = passage.labels.get("substances", ())
    return names.classes_of(named).union(named)


def _rarity(term: str, snapshot: Snapshot) -> float:
    """Return the inverse document frequency of a term, one where no passage has it."""
    bearing = len(snapshot.lexical.rows_with(term))
    return 1 - math.log(2 * bearing + 1) / _largest(snapshot)


def _largest(snapshot: Snapshot) -> float:
    """Return what inverse document frequencies are measured by, so that no corpus is too small."""
    return math.log(2 * len(snapshot.passages) + 2)
