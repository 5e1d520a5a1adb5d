"""Which passages answer, in which order, and whether anything answers at all."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.abstention import abstain
from bot.retrieval.features import prior
from bot.retrieval.label_index import LabelIndex, label_index
from bot.retrieval.repeats import folded
from bot.retrieval.subject import Subject
from bot.retrieval.weights import ranking
from embeddings.search import Hit, Query, search
from embeddings.snapshot import Snapshot

__all__ = ["Found", "query_for", "retrieve", "spoken_of"]

DEPTH = 30
"""How many hits are weighed; the moderators see the first ten of them."""

UNBOUND = frozenset({"first_aid"})
"""Topics on which a passage may answer that does not name the substance asked about."""


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval came to.

    `hits` answer the question, best first, none where nothing does; `weighed` is all that was
    looked at; `why` names the signal that decided that nothing answers, or that made it
    `doubtful` that `hits` do.
    """

    hits: tuple[Hit, ...]
    weighed: tuple[Hit, ...]
    why: str | None = None
    doubtful: bool = False

    def about(self) -> frozenset[str]:
        """Return the substances that the best hit is about, for a question that names none."""
        if not self.hits:
            return frozenset()
        found = self.hits[0].passage.labels
        return frozenset(found.get("about", ()) or found.get("substances", ()))


def retrieve(
    snapshot: Snapshot,
    vector: NDArray[np.float32],
    subject: Subject,
    limit: int,
    within: NDArray[np.bool_] | None = None,
) -> Found:
    """Rank the passages for a subject and decide whether the best of them answer it.

    `vector` is the subject's text, encoded, of shape (d,); `within`, of shape (n,), says which
    passages may answer at all.
    """
    query = query_for(snapshot, subject, within)
    weighed = tuple(search(snapshot, vector, query, DEPTH))
    shown = own_language(weighed, subject)
    judged = abstain(shown, subject, snapshot, query)
    if judged.sureness == "silent":
        return Found((), weighed, judged.why)
    doubtful = judged.sureness == "doubtful"
    return Found(tuple(folded(shown, limit)), weighed, judged.why, doubtful)


def spoken_of(snapshot: Snapshot) -> frozenset[str]:
    """Return the substances that any passage names."""
    return label_index(snapshot).substances


def query_for(
    snapshot: Snapshot, subject: Subject, within: NDArray[np.bool_] | None = None
) -> Query:
    """Return what is searched for: the words, what the labels add, and what may answer."""
    known = label_index(snapshot)
    allowed = allowed_for(known, subject)
    if within is not None:
        allowed = within if allowed is None else allowed & within
    return Query(
        text=subject.text.original,
        expansions=subject.expansions,
        prior=prior(known, subject),
        allowed=allowed,
        weights=ranking(subject.language).weights,
    )


def allowed_for(known: LabelIndex, subject: Subject) -> NDArray[np.bool_] | None:
    """Return which passages may answer: those that name every substance asked about.

    A class is no such condition: what is said of its members, or of drugs in general, may answer
    a question about it. Nor is anything one where somebody needs help: what to do for a person who
    does not breathe is the same for many drugs.
    """
    if subject.topics & UNBOUND:
        return None
    asked = known.without_classes(subject.substances)
    if not asked:
        return None
    if len(asked) > 2:
        # Hardly a passage names three: any two of them.
        pairs = [known.naming_all("substances", pair) for pair in combinations(sorted(asked), 2)]
        every = np.asarray(np.logical_or.reduce(pairs))
    else:
        every = known.naming_all("substances", subject.substances if len(asked) > 1 else asked)
    if len(asked) > 1 and not every.any() and "interactions" not in subject.topics:
        # Nobody compares the two, but each is spoken of.
        every = known.bearing("substances", asked)
    # A list of names that has both says nothing about them together.
    return every & ~known.bearing("form", ["bare"]) if len(asked) > 1 else every


def own_language(hits: tuple[Hit, ...], subject: Subject) -> list[Hit]:
    """Of passages that translate each other, keep the one in the question's language."""
    ids = {hit.passage.id: hit.passage for hit in hits}
    return [
        hit
        for hit in hits
        if hit.passage.language[:2] == subject.language[:2]
        or not any(
            ids[other].language[:2] == subject.language[:2]
            for other in hit.passage.translations
            if other in ids
        )
    ]
