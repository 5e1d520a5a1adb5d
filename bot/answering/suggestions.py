"""Questions to offer: templates of the catalogue, filled with what the sources speak about."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache, partial

import opencc

from bot.answer import Choice
from bot.retrieval.ranked import spoken_of
from bot.retrieval.subject import Subject
from bot.substances.naming import Names
from bot.substances.nearby import nearby
from bot.substances.unknown import unseen
from bot.vocabulary.topics import topics_of_questions
from embeddings.documents import Language
from embeddings.snapshot import Snapshot

__all__ = ["askable", "did_you_mean", "question_about", "suggest"]

OFFERED_TOPICS = (
    "effects",
    "dependence",
    "dissociation",
    "interactions",
    "overdose",
    "withdrawal",
    "toxicity",
    "mechanism",
)
"""The topics on which a question is offered, in this order."""

OFFERED = 3
PASSAGES_ENOUGH = 2
"""A substance is offered if at least so many passages are about it."""


@lru_cache(maxsize=2)
def covered(snapshot: Snapshot) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the substances that the sources are about, most passages first.

    With each come the topics of the passages whose own words name it.
    """
    counts: Counter[str] = Counter()
    topics: dict[str, set[str]] = {}
    for passage in snapshot.passages:
        inside = set(passage.labels.get("inside", ()))
        for name in passage.labels.get("about", ()):
            counts[name] += 1
            if name in inside:
                topics.setdefault(name, set()).update(passage.labels.get("topics", ()))
    return tuple(
        (name, frozenset(topics.get(name, ())))
        for name, number in counts.most_common()
        if number >= PASSAGES_ENOUGH
    )


def questions(
    snapshot: Snapshot, name: str, language: Language, names: Names
) -> list[tuple[str, str]]:
    """Return (topic, question) for what the sources say about one substance."""
    known = dict(covered(snapshot)).get(name, frozenset())
    return [
        (topic, question_about(topic, name, language, names))
        for topic in OFFERED_TOPICS
        if topic in known
    ]


def suggest(
    snapshot: Snapshot,
    substances: frozenset[str],
    topics: frozenset[str],
    language: Language,
    names: Names,
) -> tuple[str, ...]:
    """Return a few questions that the sources answer, about the same substance where they can."""
    known = [name for name, _ in covered(snapshot)]
    near = [name for name in known if name in substances] or known[:OFFERED]
    offered = [
        question
        for name in near
        for topic, question in questions(snapshot, name, language, names)
        if topic not in topics
    ]
    if len(near) > 1:
        offered = offered[:: max(1, len(offered) // OFFERED)]
    return tuple(offered[:OFFERED])


def askable(snapshot: Snapshot, language: Language, names: Names) -> list[tuple[str, str]]:
    """Return (name, question) for all that can be asked about, the best covered first.

    Substances and topics take turns, so that the first few, which a chat shows before anything is
    asked, are about several of both.
    """
    offered = {
        names.called(name, language): questions(snapshot, name, language, names)
        for name, _ in covered(snapshot)
    }
    return list(taking_turns(offered))


def taking_turns(offered: Mapping[str, list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """Yield (name, question) of `offered` (topic, question), each time on the least used topic."""
    used: Counter[str] = Counter()
    while any(offered.values()):
        for name, left in offered.items():
            if left:
                topic, question = left.pop(left.index(min(left, key=lambda each: used[each[0]])))
                used[topic] += 1
                yield name, question


def did_you_mean(snapshot: Snapshot, subject: Subject, language: Language) -> tuple[Choice, ...]:
    """Return the question with a name that the sources know in place of one that they do not.

    Nothing where the question names a substance already.
    """
    if subject.substances or subject.ambiguous:
        return ()
    asked, names = subject.asked.original, subject.names
    near = nearby(subject.asked, names, spoken_of(snapshot), partial(unseen, snapshot=snapshot))
    named = [(each, names.called(each.substance, language)) for each in near]
    return tuple(
        Choice(label=name, question=asked[: each.start] + name + asked[each.end :])
        for each, name in named
    )


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


def question_about(topic: str, substance: str, language: Language, names: Names) -> str:
    """Return a question that a visitor could ask about `topic` of `substance`.

    Raises:
        KeyError: there is no such topic or substance.

    """
    template = topics_of_questions()[topic].questions["en" if language == "en" else "zh"]
    name = names.called(substance, language)
    # "K粉 会上瘾吗": a space between Latin letters and Chinese reads better.
    spaced = re.sub(r"(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])", " ", template.format(name=name))
    return str(_traditional().convert(spaced)) if language == "zh-Hant" else spaced
