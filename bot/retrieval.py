"""Which passages answer, in which order, and whether anything answers at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.names.concepts import needed
from bot.names.naming import in_use
from bot.names.unknown import unknown_medicine, unknown_partner
from bot.ranking.forms import FORMS
from bot.ranking.label_index import LabelIndex, label_index
from bot.ranking.repeats import folded
from bot.ranking.weights import ranking
from bot.subject import Subject
from embeddings.documents import Passage
from embeddings.search import Hit, Query, search
from embeddings.snapshot import Snapshot

__all__ = ["Found", "prior", "query_for", "retrieve", "signs", "silence", "spoken_of"]

DEPTH = 30
"""How many hits are weighed; the moderators see the first ten of them."""

TOO_LITTLE = ((1.1, 0.42), (1.6, 0.38))
"""Pairs of a fused score and a cosine: where the best passages lie below both of a pair, nothing
answers a question that names no substance, unless they are on topic."""

UNBOUND = frozenset({"first_aid"})
"""Topics on which a passage may answer that does not name the substance asked about."""

COMMONPLACE = frozenset({"definition", "duration", "comparison", "effects", "legal", "history"})
"""Topics whose words stand in questions about anything."""


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval came to.

    `hits` answer the question, best first, none where nothing does; `weighed` is all that was
    looked at; `why` names the signal that decided that nothing answers.
    """

    hits: tuple[Hit, ...]
    weighed: tuple[Hit, ...]
    why: str | None = None

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
    why = silence(weighed, subject)
    name = unknown_medicine(subject.asked, snapshot)
    if not name and "interactions" in subject.topics:
        name = unknown_partner(subject.asked, snapshot, query.allowed)
    if not why and name:
        why = f"no passage names {name}"
    if why:
        return Found((), weighed, why)
    return Found(tuple(folded(own_language(weighed, subject), limit)), weighed)


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
        text=subject.text,
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
        return np.asarray(np.logical_or.reduce(pairs))
    return known.naming_all("substances", subject.substances if len(asked) > 1 else asked)


def prior(known: LabelIndex, subject: Subject) -> NDArray[np.float32]:
    """Return what the labels add to the score of each passage, of shape (n,)."""
    weights = ranking(subject.language).signs
    total = np.zeros(len(known.languages), dtype=np.float32)
    for sign, mask in signs(known, subject).items():
        if weight := weights.get(sign, 0.0):
            total += np.float32(weight) * mask
    return total


def signs(known: LabelIndex, subject: Subject) -> dict[str, NDArray[np.float32]]:
    """Return what of the labels speaks for each passage, each sign of shape (n,) in [0, 1].

    `inside`: its own words name a substance asked about (all of them, where there are two);
    `named`: it or its headings do; `page`: its document is about one; `headed`: its innermost
    heading names one, `elsewhere`: it names others. `topic`: a sentence says something on a topic
    asked about, of the substance where one is; `heading`: the innermost heading is on it;
    `above`: an outer one is; `topic alone`: it is on a telling topic of a question that names no
    substance. `concept`: it speaks of a concept of the question; `titled`: the question calls its
    document by its title. Then its form, its language, whether it repeats what many pages say,
    what kind of source it is from, and whether it stands before all headings (`lead`; `defined`
    where the question asks what something is).
    """
    asked, topics, tongue = subject.substances, sorted(subject.topics), subject.language[:2]
    found: dict[str, NDArray[np.float32]] = {}
    if asked:
        found["named"] = as_score(known.naming_all("substances", asked))
        found["inside"] = as_score(known.naming_all("inside", asked))
        found["page"] = as_score(known.bearing("page", asked))
        found["headed"] = as_score(known.bearing("headed", asked))
        found["elsewhere"] = as_score(known.headed_elsewhere(asked))
    if topics:
        spoken = [
            known.bearing(f"{topic} of", asked) if asked else known.bearing("topics", [topic])
            for topic in topics
        ]
        found["topic"] = as_score(np.mean(spoken, axis=0))
        found["heading"] = as_score(np.mean([known.bearing("on", [t]) for t in topics], axis=0))
        found["above"] = as_score(np.mean([known.bearing("under", [t]) for t in topics], axis=0))
    if not asked and (telling := subject.topics - COMMONPLACE):
        found["topic alone"] = as_score(known.bearing("topics", telling))
    if subject.concepts:
        found["concept"] = as_score(known.bearing("concepts", subject.concepts))
    found |= {kind: as_score(known.bearing("form", [kind])) for kind in (*FORMS, "repeated")}
    found["titled"] = as_score(known.titled(subject.text))
    found["opinion"] = as_score(known.bearing("kind", ["opinion"]))
    if asked:
        found["review"] = found["inside"] * known.bearing("kind", ["review"])
    found["lead"] = as_score(known.bearing("place", ["lead"]))
    found["defined"] = found["lead"] * ("definition" in topics)
    found["own language"] = as_score(known.languages == tongue)
    return found


def as_score(values: NDArray[Any]) -> NDArray[np.float32]:
    """Return truth values or shares as numbers that can be weighted."""
    return np.asarray(values, dtype=np.float32)


def speaks_on(topic: str, passage: Passage, subject: Subject) -> bool:
    """Return whether a passage says something on a topic, of a substance asked about if any is.

    That a passage names ketamine and speaks of addiction does not make it one about addiction to
    ketamine: under the heading of opioid addiction it is about that of opioids.
    """
    if not subject.substances:
        return topic in passage.labels.get("topics", ())
    return not subject.substances.isdisjoint(passage.labels.get(f"{topic} of", ()))


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


def silence(
    hits: tuple[Hit, ...],
    subject: Subject,
    too_little: Sequence[tuple[float, float]] = TOO_LITTLE,
) -> str | None:
    """Return the signal that says that nothing answers, None where something does.

    A score alone does not tell: questions near the subject of the sources score high. So the
    first two signals look at what the question names.
    """
    if not hits:
        return "no passage names it"
    own = [h for h in hits if subject.substances & named_with_classes(h.passage)]
    if subject.substances and not own:
        return "no passage names it"
    spoken = {name for hit in own or hits for name in hit.passage.labels.get("concepts", ())}
    missing = needed(subject.concepts) - spoken
    if missing:
        return f"no passage speaks of {', '.join(sorted(missing))}"
    if subject.substances or on_topic(hits, subject):
        return None
    near = max(hit.dense for hit in hits[:5])
    if any(hits[0].fused < score and near < cosine for score, cosine in too_little):
        return "nothing comes near enough"
    return None


def named_with_classes(passage: Passage) -> frozenset[str]:
    """Return the substances that a passage names, with their classes: what it says is of both."""
    names = passage.labels.get("substances", ())
    return in_use().classes_of(names).union(names)


def on_topic(hits: tuple[Hit, ...], subject: Subject) -> bool:
    """Return whether one of the best passages says something on a telling topic asked about."""
    telling = subject.topics - COMMONPLACE
    return any(speaks_on(topic, hit.passage, subject) for hit in hits[:5] for topic in telling)
