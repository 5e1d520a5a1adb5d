"""What the labels of passages say for them as answers to a question, as arrays to be weighted."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.forms import FORMS
from bot.retrieval.label_index import LabelIndex
from bot.retrieval.subject import Subject
from bot.retrieval.weights import ranking

__all__ = ["COMMONPLACE", "features_of", "prior"]

COMMONPLACE = frozenset({"definition", "duration", "comparison", "effects", "legal", "history"})
"""Topics whose words stand in questions about anything."""

_HOW_LONG = frozenset({"duration", "effects", "routes", "definition"})


def prior(known: LabelIndex, subject: Subject) -> NDArray[np.float32]:
    """Return what the labels add to the score of each passage, of shape (n,)."""
    weights = ranking(subject.language).features
    total = np.zeros(len(known.languages), dtype=np.float32)
    for name, mask in features_of(known, subject).items():
        if weight := weights.get(name, 0.0):
            total += np.float32(weight) * mask
    return total


def features_of(known: LabelIndex, subject: Subject) -> dict[str, NDArray[np.float32]]:
    """Return what of the labels speaks for each passage, each feature of shape (n,) in [0, 1].

    `inside`: its own words name a substance asked about (all of them, where there are two);
    `named`: it or its headings do; `page`: its document is about one; `headed`: its innermost
    heading names one, `elsewhere`: it names others; `together`: under a heading on interactions,
    on the page of one, it names all that are to be combined. `topic`: a sentence says something on
    a topic asked about, of the substance where one is; `heading`: the innermost heading is on it;
    `above`: an outer one is; `topic alone`: it is on a telling topic of a question that names no
    substance. `concept`: it speaks of a concept of the question; `titled`: the question calls its
    document by its title; `called`: the same of a document about a variant of the substance;
    `times`: a table of times where nothing but these is asked for. Then its form (`bare`: a list
    of which no line says anything), its language, whether it repeats what many pages say, what
    kind of source it is from, and whether it stands before all headings (`lead`; `defined` where
    the question asks what something is).
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
    found |= {
        kind: as_score(known.bearing("form", [kind])) for kind in (*FORMS, "bare", "repeated")
    }
    found["titled"] = as_score(known.titled(subject.text))
    if asked and "duration" in subject.topics and subject.topics <= _HOW_LONG:
        times = known.bearing("duration of", asked) & known.bearing("form", ["table"])
        found["times"] = as_score(times)
    if asked:
        found["called"] = as_score(known.titled(subject.text, variants=True))
    found["opinion"] = as_score(known.bearing("kind", ["opinion"]))
    if subject.combined:
        found["together"] = found["named"] * found["page"] * known.bearing("on", ["interactions"])
    elif asked:
        # That a review compares two is no word on taking both.
        found["review"] = found["inside"] * known.bearing("kind", ["review"])
    found["lead"] = as_score(known.bearing("place", ["lead"]))
    found["defined"] = found["lead"] * ("definition" in topics)
    found["own language"] = as_score(known.languages == tongue)
    return found


def as_score(values: NDArray[Any]) -> NDArray[np.float32]:
    """Return truth values or shares as numbers that can be weighted."""
    return np.asarray(values, dtype=np.float32)
