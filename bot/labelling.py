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
        "inside": ordered(named(passage.text, printed=True)),
        "touches": ordered(topics(passage.text)),
        "concepts": ordered(concepts("\n".join([*passage.section, passage.text]))),
        **said_of(passage.text, document.title, passage.section),
    }


def ordered(names: frozenset[str]) -> tuple[str, ...]:
    """Return names in an order that is the same in every process."""
    return tuple(sorted(names))


def said_of(text: str, title: str, section: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each topic, the substances of which a passage says something on it.

    They are those named in the same sentence as a word of the topic. A sentence that names none
    speaks of what the innermost heading names, else of what the title does. The words of the
    innermost heading count as a sentence.
    """
    found: dict[str, set[str]] = {}
    innermost = " ".join(section[-1:])
    headed = named(innermost, printed=True) or named(title, printed=True)
    for sentence in (innermost, *(text[start:end] for start, end in sentences(text))):
        for topic in topics(sentence):
            found.setdefault(f"{topic} of", set()).update(named(sentence, printed=True) or headed)
    return {topic: ordered(frozenset(names)) for topic, names in found.items()}
