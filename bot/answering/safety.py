"""Which safety passages belong beside an answer: the substance's own, else its class's.

What a substance is a form of counts like its class. Never another substance's, and never silence:
where the sources say nothing, a fixed sentence says that they say nothing.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from bot.answer import Message, SafetyTopic
from bot.answering.dangers import spoken_of
from bot.answering.phrases import languages
from bot.answering.wording import SHIPPED, Wording
from bot.retrieval.scope import UNTRUSTED
from bot.substances.naming import Names
from embeddings.documents import Language, Passage
from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot

__all__ = ["ALWAYS", "TOPICS", "Beside", "SafetyIndex", "Told"]

TOPICS: tuple[SafetyTopic, ...] = get_args(SafetyTopic)
ALWAYS: frozenset[SafetyTopic] = frozenset({"dissociation", "dependence"})
"""Spoken of even where the sources are silent; the other topics where there is a passage."""

SAME_LANGUAGE = 0.15
"""What the reader's language counts beside how clearly a passage speaks; see
`bot.answering.dangers`."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One topic for one substance: a passage, or why there is none, or a passage and a caveat."""

    topic: SafetyTopic
    passage: Passage | None = None
    message: Message | None = None


Out = Callable[[frozenset[str]], Collection[str]]
"""Says which passages must not be shown in an answer about some substances."""


@dataclass(frozen=True, slots=True)
class Told:
    """In which language, words and names a safety passage is introduced."""

    language: Language
    wording: Wording
    names: Names

    def message(self, key: str, **values: str) -> Message:
        """A fixed sentence."""
        return self.wording.message(key, self.language, **values)

    def called(self, substance: str) -> str:
        """What a substance or class is called."""
        return self.names.called(substance, self.language)


class SafetyIndex:
    """The passages of one snapshot that speak of a danger, by what they are about and of what.

    Among those the best is the one that speaks of it most clearly, as `dangers` has it.
    """

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        self._snapshot = snapshot
        self._vectors: Mapping[str, NDArray[np.float32]] = {
            topic: encoder.encode([" ".join(titles_of(topic))])[0] for topic in TOPICS
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

    def beside(
        self,
        substances: Iterable[str],
        told: Told,
        out: Out,
    ) -> list[Beside]:
        """Choose the safety passages for the substances asked about, topic by topic.

        Where the sources are silent about some of them, one sentence says so for all of these.
        """
        names = sorted(substances)
        chosen: list[Beside] = []
        for topic in TOPICS:
            found = {name: self._choose(name, topic, told, out) for name in names}
            spoken = {item.passage.id: item for item in found.values() if item and item.passage}
            chosen += spoken.values()
            unknown = [name for name in names if not found[name]]
            silent = [name for name in unknown if worth_saying(name, topic, spoken, told.names)]
            if silent:
                chosen.append(Beside(topic, None, silence(topic, silent, told)))
        return chosen

    def _choose(
        self,
        substance: str,
        topic: SafetyTopic,
        told: Told,
        out: Out,
    ) -> Beside | None:
        own = self._best(substance, topic, told.language, out(frozenset({substance})))
        if own:
            return Beside(topic, own)
        for other in (*bases(substance, told.names), *told.names.substances[substance].classes):
            hidden = out(frozenset({other, substance}))
            passage = self._best(other, topic, told.language, hidden)
            if passage:
                return Beside(topic, passage, of_class(topic, substance, other, told))
        return None

    def _best(
        self, name: str, topic: SafetyTopic, language: Language, out: Collection[str]
    ) -> Passage | None:
        """Return the passage that speaks of a danger most clearly, if one does."""
        if (name, topic) not in self._rows:
            return None
        strengths, rows = self._rows[name, topic]
        scores = strengths + SAME_LANGUAGE * (self._tongues[rows] == language[:2])
        # Rows ascend, and of equal scores the earlier passage counts.
        order = np.argsort(-scores, kind="stable") if out else [scores.argmax()]
        best = (self._snapshot.passages[rows[place]] for place in order)
        return next((passage for passage in best if passage.id not in out), None)


def bases(substance: str, names: Names) -> list[str]:
    """Return what a substance is a form of, by name and class: ketamine for esketamine."""
    known = names.substances
    own = known[substance]
    called = f"{own.zh}\n{own.en}".casefold()
    return [
        other.id
        for other in known.values()
        if other.id != substance
        and set(other.classes) & set(own.classes)
        and other.zh.casefold() in called
        and other.en.casefold() in called
    ]


def worth_saying(name: str, topic: SafetyTopic, spoken: Mapping[str, Beside], names: Names) -> bool:
    """Return whether silence about a substance is to be mentioned.

    Beside a passage about another substance, nobody expects a word on how alcohol dissociates.
    """
    dissociates = "dissociative" in names.substances[name].classes
    return topic in ALWAYS and (topic != "dissociation" or dissociates or not spoken)


def of_class(topic: SafetyTopic, substance: str, other: str, told: Told) -> Message:
    """Say that a passage is about the class of a substance, or about what it is a form of."""
    return told.message(
        "safety_class",
        topic=told.message(f"topic_{topic}").text,
        class_name=told.called(other),
        name=listed([substance], told),
    )


def silence(topic: SafetyTopic, names: Sequence[str], told: Told) -> Message:
    """Say that the sources say nothing on a topic for these substances."""
    topic_name = told.message(f"topic_{topic}").text
    return told.message("safety_silent", topic=topic_name, name=listed(names, told))


def listed(names: Sequence[str], told: Told) -> str:
    """Return the names of substances as one: `alcohol, cocaine and ketamine`."""
    *most, last = [told.called(name) for name in names]
    if not most:
        return last
    first = most[0]
    for name in most[1:]:
        first = told.message("names_listed", first=first, second=name).text
    return told.message("names_joined", first=first, second=last).text


def titles_of(topic: SafetyTopic) -> list[str]:
    """Return what a topic is called in every language of the catalogue, as it ships."""
    return [SHIPPED.message(f"topic_{topic}", language).text for language in languages()]
