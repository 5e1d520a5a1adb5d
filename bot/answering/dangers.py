"""Of which substances a passage tells a danger, and how clearly.

A passage tells the dangers of what its document is about, or of what its innermost heading names.
What only its words name is said of another substance, or in passing: that blue lotus is taken
against alcoholism is no word on alcohol.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bot.answer import SafetyTopic
from bot.vocabulary.text import Text
from bot.vocabulary.topics import topics
from embeddings.documents import Passage

__all__ = ["spoken_of"]

HEADING = 0.2
OFTEN = 0.2
NAMED = 0.15
SAID = 0.3
OWN_PAGE = 0.2
UNREADABLE = -0.6
CONCRETE = 0.2
"""What counts beside nearness in meaning: a heading on the topic, the topic touched often, the
substance named, a sentence that speaks of both at once, a document about the substance; no
sentences of its own; of interactions, that others are named at all."""

LEAST_NEAR = 0.25
"""So near comes the best sentence of a passage at least, where no heading is on the topic."""

NO_PROSE = frozenset({"table", "names", "stub", "repeated"})
OTHERS = 3
SELDOM_HEADED: frozenset[SafetyTopic] = frozenset({"dissociation"})
"""Topics of which any sentence will do: few pages have a section on them."""

Known = Mapping[str, frozenset[str]]


@lru_cache(maxsize=4096)
def _topics(heading: str) -> frozenset[str]:
    return topics(Text(heading))


def spoken_of(
    passage: Passage, near: Mapping[SafetyTopic, float]
) -> Iterator[tuple[str, SafetyTopic, float]]:
    """Yield (substance, topic, strength) for each danger that a passage tells.

    `near` is the cosine of its best sentence and the name of each topic.
    """
    known: dict[str, frozenset[str]] = defaultdict(frozenset)
    known |= {name: frozenset(values) for name, values in passage.labels.items()}
    headed = _topics(" ".join(passage.section[-1:]))
    for topic, cosine in near.items():
        on = topic in headed | known["on"]
        if topic not in known["topics"] | known["touches"] or (cosine < LEAST_NEAR and not on):
            continue
        for name in (known["page"] | known["headed"]) or known["about"]:
            if topic not in known["topics"] and not _in_a_sentence(name, topic, known):
                continue
            strength = cosine + _of_text(topic, known) + _of_substance(name, topic, known, headed)
            yield name, topic, strength


def _in_a_sentence(name: str, topic: SafetyTopic, known: Known) -> bool:
    """Whether one sentence is enough: on what is seldom headed, or where it names whom it is on."""
    if topic in SELDOM_HEADED:
        return True
    named = name in known["inside"] and name in known[f"{topic} of"]
    return named and "effects" not in known["on"]


def _of_text(topic: SafetyTopic, known: Known) -> float:
    """Return what the kind of text adds to a passage on a topic."""
    concrete = topic == "interactions" and len(known["inside"]) >= OTHERS
    unreadable = bool(known["form"] & NO_PROSE)
    return OFTEN * (topic in known["topics"]) + UNREADABLE * unreadable + CONCRETE * concrete


def _of_substance(name: str, topic: SafetyTopic, known: Known, headed: frozenset[str]) -> float:
    """Return what is added where a passage is about a substance and says so.

    Under a heading that names others, the heading and its sentences are about them.
    """
    own = not known["headed"] or name in known["headed"]
    said = HEADING * (topic in headed) + SAID * (name in known[f"{topic} of"])
    return OWN_PAGE * (name in known["page"]) + NAMED * (name in known["inside"]) + own * said
