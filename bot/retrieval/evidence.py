"""What speaks for the best passages as an answer to a question, as numbers to be weighed.

None of it is the score alone: questions near the subject of the sources score high, answered or
not. So it is also asked whether the words that carry the question stand in what was found.
"""

import math
from collections.abc import Mapping, Sequence

from bot.retrieval.features import COMMONPLACE
from bot.retrieval.subject import Subject
from bot.substances.naming import Names
from bot.vocabulary.concepts import needed
from embeddings.documents import Passage
from embeddings.search import Hit
from embeddings.snapshot import Snapshot
from embeddings.text.stopwords import content_terms
from embeddings.text.tokens import tokenise

__all__ = ["BEST", "carrying", "evidence", "missing_concepts", "named_with_classes"]

BEST = 5
"""So many passages are looked at: those that a visitor is shown."""

_DEEP = 9
"""The place whose score the first is measured against."""


def evidence(hits: Sequence[Hit], subject: Subject, snapshot: Snapshot) -> Mapping[str, float]:
    """Return what the best passages, at least one, and a question have in common.

    `fused`, `dense` and `lexical` are the best scores among them, `first` the cosine of the first,
    `margin` how far it stands above the tenth. `covered` is the share of the carrying words that
    they have, each weighed by how rare it is, `unseen` the share that no passage of the snapshot
    has, `rarest` the weight of the rarest one that they lack; `foreign` the share of them in
    another language, in which no word can be found again. `named` and `two` say whether the
    question names a substance, or several; `page` what share of them is from a page of one; `topic`
    whether one speaks on a telling topic asked about; `concept` whether none speaks of a condition
    or place asked about.
    """
    best = hits[:BEST]
    weights = {term: _rarity(term, snapshot) for term in carrying(subject)}
    total = sum(weights.values()) or 1.0
    has = {term for hit in best for term in tokenise(_all_words(hit.passage))}
    unseen = [term for term in weights if not len(snapshot.lexical.rows_with(term))]
    tongue, asked = subject.language[:2], subject.substances
    pages = [not asked.isdisjoint(hit.passage.labels.get("page", ())) for hit in best]
    return {
        "fused": best[0].fused,
        "dense": max(hit.dense for hit in best),
        "first": best[0].dense,
        "lexical": max(hit.lexical for hit in best) / _largest(snapshot),
        "margin": best[0].fused - hits[min(_DEEP, len(hits) - 1)].fused,
        "covered": sum(weights[term] for term in weights if term in has) / total,
        "unseen": sum(weights[term] for term in unseen) / total,
        "rarest": max((weights[term] for term in weights if term not in has), default=0.0),
        "foreign": sum(hit.passage.language[:2] != tongue for hit in best) / len(best),
        "named": float(bool(asked)),
        "two": float(len(asked) > 1),
        "page": sum(pages) / len(best),
        "topic": float(on_topic(best, subject)),
        "concept": float(bool(missing_concepts(best, subject))),
    }


def carrying(subject: Subject) -> list[str]:
    """Return the words that carry a question, each once: its content beside names of substances."""
    text, place, parts = subject.asked.original, 0, []
    for mention in subject.names.mentions(subject.asked):
        parts.append(text[place : mention.start])
        place = max(place, mention.end)
    return list(dict.fromkeys(content_terms(" ".join([*parts, text[place:]]))))


def missing_concepts(hits: Sequence[Hit], subject: Subject) -> frozenset[str]:
    """Return the conditions and places asked about of which none of some passages speaks."""
    spoken = {name for hit in hits for name in hit.passage.labels.get("concepts", ())}
    return needed(subject.concepts) - spoken


def named_with_classes(passage: Passage, names: Names) -> frozenset[str]:
    """Return the substances that a passage names, with their classes: what it says is of both."""
    named = passage.labels.get("substances", ())
    return names.classes_of(named).union(named)


def on_topic(hits: Sequence[Hit], subject: Subject) -> bool:
    """Return whether one of some passages says something on a telling topic asked about."""
    telling = subject.topics - COMMONPLACE
    return any(speaks_on(topic, hit.passage, subject) for hit in hits for topic in telling)


def speaks_on(topic: str, passage: Passage, subject: Subject) -> bool:
    """Return whether a passage says something on a topic, of a substance asked about if any is.

    That a passage names ketamine and speaks of addiction does not make it one about addiction to
    ketamine: under the heading of opioid addiction it is about that of opioids.
    """
    if not subject.substances:
        return topic in passage.labels.get("topics", ())
    return not subject.substances.isdisjoint(passage.labels.get(f"{topic} of", ()))


def _rarity(term: str, snapshot: Snapshot) -> float:
    """Return the inverse document frequency of a term, one where no passage has it."""
    bearing = len(snapshot.lexical.rows_with(term))
    return 1 - math.log(2 * bearing + 1) / _largest(snapshot)


def _largest(snapshot: Snapshot) -> float:
    """Return what inverse document frequencies are measured by, so that no corpus is too small."""
    return math.log(2 * len(snapshot.passages) + 2)


def _all_words(passage: Passage) -> str:
    return " ".join([*passage.section, passage.text])
