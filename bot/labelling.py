"""The labels of a passage: what retrieval and the safety block ask of it, worked out once."""

from collections.abc import Mapping, Sequence

from bot.concepts import concepts
from bot.labels import label, named, topics
from embeddings.cleaning import sentences
from embeddings.documents import Document, Passage

__all__ = ["labels_of", "said_of"]


def labels_of(passage: Passage, document: Document) -> Mapping[str, tuple[str, ...]]:
    """Return the labels of a passage.

    `substances`, `about` and `topics` are those of `bot.labels.label`; `inside` are the substances
    that its own words name, `touches` the topics that they touch even once, `concepts` what else
    it speaks of. `TOPIC of` are the substances of which a sentence says something on the topic.
    """
    return {
        **label(passage.text, title=document.title, section=passage.section),
        "inside": ordered(named(passage.text)),
        "touches": ordered(topics(passage.text)),
        "concepts": ordered(concepts("\n".join([*passage.section, passage.text]))),
        **said_of(passage.text, passage.section),
    }


def ordered(names: frozenset[str]) -> tuple[str, ...]:
    """Return names in an order that is the same in every process."""
    return tuple(sorted(names))


def said_of(text: str, section: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each topic, the substances named in the same sentence as a word of the topic.

    Under a heading that names a substance, a sentence that names none speaks of that one.
    """
    found: dict[str, set[str]] = {}
    headed = named(" · ".join(section))
    for start, end in sentences(text):
        sentence = text[start:end]
        for topic in topics(sentence):
            found.setdefault(f"{topic} of", set()).update(named(sentence) or headed)
    return {topic: ordered(frozenset(names)) for topic, names in found.items()}
