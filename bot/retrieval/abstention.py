"""Whether anything that was found answers at all."""

from collections.abc import Sequence

from bot.retrieval.features import COMMONPLACE
from bot.retrieval.subject import Subject
from bot.substances.naming import Names
from bot.vocabulary.concepts import needed
from embeddings.documents import Passage
from embeddings.search import Hit

__all__ = ["TOO_LITTLE", "silence"]

TOO_LITTLE = ((1.1, 0.42), (1.6, 0.38))
"""Pairs of a fused score and a cosine: where the best passages lie below both of a pair, nothing
answers a question that names no substance, unless they are on topic."""


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
    own = [h for h in hits if subject.substances & named_with_classes(h.passage, subject.names)]
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


def named_with_classes(passage: Passage, names: Names) -> frozenset[str]:
    """Return the substances that a passage names, with their classes: what it says is of both."""
    named = passage.labels.get("substances", ())
    return names.classes_of(named).union(named)


def on_topic(hits: tuple[Hit, ...], subject: Subject) -> bool:
    """Return whether one of the best passages says something on a telling topic asked about."""
    telling = subject.topics - COMMONPLACE
    return any(speaks_on(topic, hit.passage, subject) for hit in hits[:5] for topic in telling)


def speaks_on(topic: str, passage: Passage, subject: Subject) -> bool:
    """Return whether a passage says something on a topic, of a substance asked about if any is.

    That a passage names ketamine and speaks of addiction does not make it one about addiction to
    ketamine: under the heading of opioid addiction it is about that of opioids.
    """
    if not subject.substances:
        return topic in passage.labels.get("topics", ())
    return not subject.substances.isdisjoint(passage.labels.get(f"{topic} of", ()))
