"""The labels of a passage: what retrieval and the safety block ask of it, worked out once."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from bot.corpus.headings import headed_topics
from bot.retrieval.forms import form, is_bare
from bot.substances.naming import Names, curated
from bot.vocabulary.concepts import concepts
from bot.vocabulary.text import Text
from bot.vocabulary.topics import OFTEN, topic_places
from embeddings.documents import Document, Passage
from embeddings.text.cleaning import sentences, squeeze

__all__ = ["Labeller"]


MANY_PAGES = 5
"""A sentence that so many documents have word for word is boilerplate."""

_MOSTLY = 0.6

# A name, then a mark, then what is said of it.
_ENTRY = re.compile(r"^[^\w\n]{0,6}([^\n|:：—–-]{1,20}?)\s*[-–—|:：]+\s*\w", re.MULTILINE)


def _sentences(text: str) -> list[str]:
    return [squeeze(text[start:end]) for start, end in sentences(text)]


class Labeller:
    """Labels passages with the substances of one set of names.

    `subjects` are the substances that documents are about, by the id of the document.
    """

    def __init__(
        self, names: Names | None = None, subjects: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._names = names or curated()
        self._subjects = subjects or {}
        self._everywhere: set[str] = set()
        # Titles and headings come again with every passage under them.
        self._named = lru_cache(maxsize=4096)(self._named_once)

    def read(self, passages: Iterable[Passage]) -> None:
        """Learn which sentences many documents have: the boilerplate of a site."""
        places: dict[str, set[str]] = {}
        for passage in passages:
            for sentence in _sentences(passage.text):
                places.setdefault(sentence, set()).add(passage.document)
        self._everywhere = {key for key, found in places.items() if len(found) >= MANY_PAGES}

    def _repeats(self, passage: Passage) -> tuple[str, ...]:
        """Say so where most of a passage stands on many pages word for word."""
        own = _sentences(passage.text)
        common = sum(len(sentence) for sentence in own if sentence in self._everywhere)
        return ("repeated",) if common > _MOSTLY * sum(map(len, own)) else ()

    def _named_once(self, text: str) -> frozenset[str]:
        return self._names.named(Text(text), printed=True)

    def labels(self, passage: Passage, document: Document) -> dict[str, tuple[str, ...]]:
        """Return the labels of a passage.

        `page` are the substances that the document is about, `about` those and the ones that
        title and headings name, `headed` those that the innermost heading names, `inside` those
        that its own words name, `substances` all of them. `on` are the topics of the innermost
        heading that has one, `under` those of the headings above, `topics` those of all headings
        and those that the passage touches repeatedly, the surest first; `touches` those it
        touches at all. `concepts` are what else it speaks of, `form` what kind of text it is.
        `TOPIC of` are the substances of which a sentence says something on the topic.
        """
        page = frozenset(self._subjects.get(document.id, ()))
        # What only the file is called says nothing of what stands in it.
        title = "" if document.untitled else document.title
        about = page.union(*(self._named(text) for text in (title, *passage.section)))
        headed = self._named(" ".join(passage.section[-1:]))
        on, under = headed_topics(passage.section)
        text = Text(passage.text)
        found = self._found(text)
        if "interactions" in on:
            found += self._entries(passage.text)
        inside = frozenset(name for _, _, name in found)
        counted = Counter(topic for _, _, topic in topic_places(text))
        headings = dict.fromkeys([*sorted(on), *sorted(under)])
        often = [key for key, n in counted.most_common() if n >= OFTEN and key not in headings]
        return {
            "substances": ordered(about | inside),
            "about": ordered(about),
            "page": ordered(page),
            "headed": ordered(headed),
            "inside": ordered(inside),
            "topics": (*headings, *often),
            "on": ordered(on),
            "under": ordered(under),
            "touches": ordered(counted),
            "concepts": ordered(
                concepts(Text("\n".join([*passage.section, passage.text]))) | implied(on)
            ),
            "form": (
                form(passage.text),
                *(("bare",) if is_bare(passage.text) else ()),
                *self._repeats(passage),
            ),
            **self._said_of(passage, text, headed or page or self._named(title), found),
        }

    def _found(self, text: Text) -> list[tuple[int, int, str]]:
        """Return where a text names what, the ambiguous names left out."""
        mentions = self._names.mentions(text, printed=True)
        return [(m.start, m.end, m.substances[0]) for m in mentions if len(m.substances) == 1]

    def _entries(self, text: str) -> list[tuple[int, int, str]]:
        """Return the substances that entries of a list begin with, `锂 - …`: short names too."""
        return [
            (entry.start(1), entry.end(1), mention.substances[0])
            for entry in _ENTRY.finditer(text)
            for mention in self._names.mentions(Text(entry[1]))
            if len(mention.substances) == 1 and mention.end - mention.start == len(entry[1])
        ]

    def _said_of(
        self,
        passage: Passage,
        text: Text,
        headed: frozenset[str],
        found: Iterable[tuple[int, int, str]],
    ) -> dict[str, tuple[str, ...]]:
        """Return, for each topic, the substances of which a passage says something on it.

        They are those named in the same sentence as a word of the topic. A sentence that names
        none speaks of what the innermost heading names, else of what the document is about. The
        words of the innermost heading count as a sentence.
        """
        starts = [start for start, _ in sentences(passage.text)]
        named: dict[int, set[str]] = {}
        for start, _, name in found:
            named.setdefault(bisect_right(starts, start), set()).add(name)
        said: dict[str, set[str]] = {}
        for start, _, topic in topic_places(text):
            names = named.get(bisect_right(starts, start), headed)
            said.setdefault(f"{topic} of", set()).update(names)
        for topic in headed_topics(passage.section[-1:])[0]:
            said.setdefault(f"{topic} of", set()).update(headed)
        return {topic: ordered(names) for topic, names in said.items()}


def implied(topics: frozenset[str]) -> frozenset[str]:
    """Return the concepts that a passage under a heading speaks of, whatever its words."""
    return frozenset({"legality"}) if "legal" in topics else frozenset()


def ordered(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in an order that is the same in every process."""
    return tuple(sorted(names))
