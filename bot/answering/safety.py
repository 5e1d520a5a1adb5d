"""Which safety passages belong beside an answer: the substance's own, else its class's.

What a substance is a form of counts like its class. Never another substance's, and never silence:
where the sources say nothing, a fixed sentence says that they say nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from bot.answer import Message, SafetyTopic
from bot.answering.dangers import spoken_of
from bot.answering.phrases import languages, message
from bot.retrieval.corrections import hidden
from bot.retrieval.subject import name_of
from bot.substances.naming import in_use
from embeddings.documents import Language, Passage
from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot

__all__ = ["ALWAYS", "TOPICS", "Beside", "SafetyIndex"]

TOPICS: tuple[SafetyTopic, ...] = get_args(SafetyTopic)
ALWAYS: frozenset[SafetyTopic] = frozenset({"dissociation", "dependence"})
"""Spoken of even where the sources are silent; the other topics where there is a passage."""

UNTRUSTED = frozenset({"report", "opinion"})
"""Kinds of source that never fill the safety block."""

SAME_LANGUAGE = 0.15
"""What the reader's language counts beside how clearly a passage speaks; see
`bot.answering.dangers`."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One topic for one substance: a passage, or why there is none, or a passage and a caveat."""

    topic: SafetyTopic
    passage: Passage | None = None
    message: Message | None = None


class SafetyIndex:
    """The passages of one snapshot that speak of a danger, by what they are about and of what.

    Among those the best is the one that speaks of it most clearly, as `dangers` has it.
    """

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        self._snapshot = snapshot
        self._vectors: Mapping[str, NDArray[np.float32]] = {
            topic: encoder.encode([" ".join(names_of(topic))])[0] for topic in TOPICS
        }
        rows = np.arange(len(snapshot.passages))
        self._near = {
            topic: snapshot.sentences.best(rows, vector) for topic, vector in self._vectors.items()
        }
        self._tongues = np.array([p.language[:2] for p in snapshot.passages], dtype="<U2")
        filed: dict[tuple[str, str], list[tuple[float, int]]] = {}
        for row, passage in enumerate(snapshot.passages):
            if snapshot.documents[passage.document].kind in UNTRUSTED:
                continue
            near = {topic: float(self._near[topic][row]) for topic in TOPICS}
            for name, topic, strength in spoken_of(passage, near):
                filed.setdefault((name, topic), []).append((strength, row))
        self._rows = {
            key: (np.array([s for s, _ in found]), np.array([row for _, row in found], np.int32))
            for key, found in filed.items()
        }

    def beside(self, substances: Iterable[str], language: Language) -> list[Beside]:
        """Choose the safety passages for the substances asked about, topic by topic.

        Where the sources are silent about some of them, one sentence says so for all of these.
        """
        names = sorted(substances)
        chosen: list[Beside] = []
        for topic in TOPICS:
            found = {name: self._choose(name, topic, language) for name in names}
            spoken = {item.passage.id: item for item in found.values() if item and item.passage}
            chosen += spoken.values()
            unknown = [name for name in names if not found[name]]
            silent = [name for name in unknown if worth_saying(name, topic, spoken)]
            if silent:
                chosen.append(Beside(topic, None, silence(topic, silent, language)))
        return chosen

    def _choose(self, substance: str, topic: SafetyTopic, language: Language) -> Beside | None:
        own = self._best(substance, topic, language)
        if own:
            return Beside(topic, own)
        for other in (*bases(substance), *in_use().substances[substance].classes):
            passage = self._best(other, topic, language, substance)
            if passage:
                words = {"class_name": name_of(other, language), **spoken_as([substance], language)}
                topic_name = message(f"topic_{topic}", language).text
                note = message("safety_class", language, topic=topic_name, **words)
                return Beside(topic, passage, note)
        return None

    def _best(
        self, name: str, topic: SafetyTopic, language: Language, asked: str = ""
    ) -> Passage | None:
        """Return the passage that speaks of a danger most clearly, if one does."""
        if (name, topic) not in self._rows:
            return None
        out = hidden(self._snapshot, frozenset({name, asked}))
        strengths, rows = self._rows[name, topic]
        scores = strengths + SAME_LANGUAGE * (self._tongues[rows] == language[:2])
        # Rows ascend, and of equal scores the earlier passage counts.
        order = np.argsort(-scores, kind="stable") if out else [scores.argmax()]
        best = (self._snapshot.passages[rows[place]] for place in order)
        return next((passage for passage in best if passage.id not in out), None)


def bases(substance: str) -> list[str]:
    """Return what a substance is a form of, by name and class: ketamine for esketamine."""
    known = in_use().substances
    own = known[substance]
    names = f"{own.zh}\n{own.en}".casefold()
    return [
        other.id
        for other in known.values()
        if other.id != substance
        and set(other.classes) & set(own.classes)
        and other.zh.casefold() in names
        and other.en.casefold() in names
    ]


def worth_saying(name: str, topic: SafetyTopic, spoken: Mapping[str, Beside]) -> bool:
    """Return whether silence about a substance is to be mentioned.

    Beside a passage about another substance, nobody expects a word on how alcohol dissociates.
    """
    dissociates = "dissociative" in in_use().substances[name].classes
    return topic in ALWAYS and (topic != "dissociation" or dissociates or not spoken)


def silence(topic: SafetyTopic, names: Sequence[str], language: Language) -> Message:
    """Say that the sources say nothing on a topic for these substances."""
    topic_name = message(f"topic_{topic}", language).text
    return message("safety_silent", language, topic=topic_name, **spoken_as(names, language))


def spoken_as(names: Sequence[str], language: Language) -> dict[str, str]:
    """Return the names of substances as one: `alcohol, cocaine and ketamine`."""
    *most, last = [name_of(name, language) for name in names]
    if not most:
        return {"name": last}
    listed = most[0]
    for name in most[1:]:
        listed = message("names_listed", language, first=listed, second=name).text
    return {"name": message("names_joined", language, first=listed, second=last).text}


def names_of(topic: SafetyTopic) -> list[str]:
    """Return what a topic is called in every language of the catalogue."""
    return [message(f"topic_{topic}", language).text for language in languages()]
