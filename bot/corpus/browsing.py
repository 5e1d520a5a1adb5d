"""What the sources speak of, by class, substance and topic: for people who do not know what to ask.

Every entry is a question of the catalogue that passages of the snapshot are about, so that it can
be asked as it stands.
"""

from collections.abc import Iterator
from functools import cache, lru_cache

import opencc

from bot.answer import Frozen
from bot.answering.suggestions import OFFERED_TOPICS, covered, questions
from bot.substances.naming import Names
from embeddings.documents import Language
from embeddings.snapshot import Snapshot

__all__ = ["OTHER", "Group", "Listing", "Offer", "browse", "topics_offered"]

OTHER = "other"
"""The group of what has no company in its class."""

COMPANY = 2
"""So many entries make a group of their own."""


class Offer(Frozen):
    """A question that can be asked, and the topic that it is on."""

    topic: str
    question: str


class Listing(Frozen):
    """A substance or a class, its name in the language of the page and in the other one."""

    id: str
    name: str
    also: str
    is_class: bool
    offers: tuple[Offer, ...]

    def on(self, topic: str) -> Offer | None:
        """The question on a topic, if the sources speak of it."""
        return next((offer for offer in self.offers if offer.topic == topic), None)


class Group(Frozen):
    """The entries of one class; `name` is empty for the group of all others."""

    id: str
    name: str
    entries: tuple[Listing, ...]

    def on(self, topic: str) -> tuple[Listing, ...]:
        """The entries of which the sources speak on a topic."""
        return tuple(each for each in self.entries if each.on(topic))


@lru_cache(maxsize=6)
def browse(snapshot: Snapshot, language: Language, names: Names) -> tuple[Group, ...]:
    """Return what can be asked about, by class; the best covered class and substance first."""
    grouped: dict[str, list[Listing]] = {}
    for name, _ in covered(snapshot):
        found = questions(snapshot, name, language, names)
        offers = tuple(Offer(topic=topic, question=question) for topic, question in found)
        if offers:
            one = listing(name, language, names, offers)
            grouped.setdefault(class_of(name, names), []).append(one)
    return tuple(groups(grouped, language, names))


def groups(grouped: dict[str, list[Listing]], language: Language, names: Names) -> Iterator[Group]:
    """Give the classes that have company, then all others together."""
    alone: list[Listing] = []
    for key, found in grouped.items():
        if key != OTHER and len(found) >= COMPANY:
            entries = tuple(sorted(found, key=lambda each: not each.is_class))
            yield Group(id=key, name=named(key, language, names), entries=entries)
        else:
            alone += found
    if alone:
        yield Group(id=OTHER, name="", entries=tuple(alone))


def topics_offered(found: tuple[Group, ...]) -> tuple[str, ...]:
    """Return the topics on which anything can be asked, in the order in which they are offered."""
    known = {offer.topic for group in found for each in group.entries for offer in each.offers}
    return tuple(topic for topic in OFFERED_TOPICS if topic in known)


def listing(name: str, language: Language, names: Names, offers: tuple[Offer, ...]) -> Listing:
    """Name a substance in both languages."""
    other: Language = "zh-Hans" if language == "en" else "en"
    here, there = named(name, language, names), named(name, other, names)
    return Listing(
        id=name,
        name=here,
        also="" if here.casefold() == there.casefold() else there,
        is_class=names.substances[name].is_class,
        offers=offers,
    )


def class_of(name: str, names: Names) -> str:
    """Return the class under which a substance is listed."""
    known = names.substances
    return next((key for key in known[name].classes if key in known), OTHER)


def named(name: str, language: Language, names: Names) -> str:
    """Return what a substance is called, in the script of the language."""
    found = names.called(name, language)
    return str(_traditional().convert(found)) if language == "zh-Hant" else found


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")
