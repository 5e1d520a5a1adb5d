"""Which passages answer, in which order, and whether anything answers at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.labels import classes_of
from bot.subject import Subject
from embeddings.documents import Passage
from embeddings.search import Hit, Query, Weights, search
from embeddings.snapshot import Snapshot

__all__ = ["Found", "retrieve", "spoken_of"]

DEPTH = 30
"""How many hits are weighed; the moderators see the first ten of them."""

INSIDE = 0.15
TOPIC = 0.1
CONCEPT = 0.1
"""What it adds to a fused score that a passage's own words name the substance asked about, that
it is on a topic of the question, that it speaks of a concept of the question."""

WEIGHTS: Mapping[str, Weights] = {"en": Weights(sentence=0.25, expansion=1.5), "zh": Weights()}
SAME_LANGUAGE: Mapping[str, float] = {"en": 0.0, "zh": 0.1}
"""Fitted on the questions of `tests/data`, by the language of the question. The sources are mostly
Chinese: an English question shares few words with them, so that the expansions count more and its
own language must not be preferred over the passage that answers."""

ENOUGH: Mapping[str, float] = {"en": 0.3, "zh": 0.2}
"""The fused score below which even the best passage is no answer, unless it is on topic."""

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
    snapshot: Snapshot, vector: NDArray[np.float32], subject: Subject, limit: int
) -> Found:
    """Rank the passages for a subject and decide whether the best of them answer it.

    `vector` is the subject's text, encoded, of shape (d,).
    """
    query = Query(
        text=subject.text,
        expansions=subject.expansions,
        prior=lambda passage: prior(passage, subject),
        allowed=lambda passage: names_subject(passage, subject),
        weights=WEIGHTS[subject.language[:2]],
    )
    weighed = tuple(search(snapshot, vector, query, DEPTH))
    why = silence(weighed, subject)
    if why:
        return Found((), weighed, why)
    return Found(tuple(own_language(weighed, subject)[:limit]), weighed)


@lru_cache(maxsize=2)
def spoken_of(snapshot: Snapshot) -> frozenset[str]:
    """Return the substances that any passage names."""
    return frozenset(
        name for passage in snapshot.passages for name in passage.labels.get("substances", ())
    )


def names_subject(passage: Passage, subject: Subject) -> bool:
    """Return whether a passage speaks of every substance asked about.

    One substance must be named itself. Of several, one must be, and the others or their classes:
    what is said of opioids and ketamine answers a question about heroin and ketamine.
    """
    there = frozenset(passage.labels.get("substances", ()))
    if len(subject.substances) < 2:
        return subject.substances <= there
    return bool(subject.substances & there) and all(
        name in there or not classes_of([name]).isdisjoint(there) for name in subject.substances
    )


def prior(passage: Passage, subject: Subject) -> float:
    """Return what the labels add to the score of a passage."""
    inside = subject.substances & frozenset(passage.labels.get("inside", ()))
    topics = [topic for topic in subject.topics if speaks_on(topic, passage, subject)]
    concepts = subject.concepts & frozenset(passage.labels.get("concepts", ()))
    tongue = subject.language[:2]
    return (
        INSIDE * bool(inside)
        + TOPIC * len(topics) / max(1, len(subject.topics))
        + CONCEPT * bool(concepts)
        + SAME_LANGUAGE[tongue] * (passage.language[:2] == tongue)
    )


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


def silence(hits: tuple[Hit, ...], subject: Subject) -> str | None:
    """Return the signal that says that nothing answers, None where something does.

    A score alone does not tell: questions near the subject of the sources score high. So the
    first two signals look at what the question names.
    """
    if not hits:
        return "no passage names it"
    spoken = {name for hit in hits for name in hit.passage.labels.get("concepts", ())}
    missing = subject.concepts - spoken
    if missing:
        return f"no passage speaks of {', '.join(sorted(missing))}"
    if hits[0].fused < ENOUGH[subject.language[:2]] and not on_topic(hits, subject):
        return "nothing comes near enough"
    return None


def on_topic(hits: tuple[Hit, ...], subject: Subject) -> bool:
    """Return whether one of the best passages says something on a telling topic asked about."""
    telling = subject.topics - COMMONPLACE
    return any(speaks_on(topic, hit.passage, subject) for hit in hits[:5] for topic in telling)
