"""Whether a page is about a substance: by what it says, never by how its file is called.

It has the table of facts of one, its first sentences say that it is one, or it has the sections
that only pages about something to take have. A title that is the name of a known substance counts
where the page speaks of that substance, for a title may be all that a file is called.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from bot.substances.keys import by_name, certain, certain_names, endings, nothing, stems
from bot.substances.leads import is_sorted
from bot.substances.lexicon import substances
from bot.substances.lists import listed
from bot.vocabulary.matching import Folded, Words
from bot.vocabulary.text import Text, key
from bot.vocabulary.topics import topics
from embeddings.datafiles import table
from embeddings.documents import Passage

__all__ = ["labels", "subject"]

_FIRST, _LEADING = 16, 6
"""So many passages are read for what the page speaks of, and for which sort of thing it is."""

_SECTIONS, _MANY = 3, 6
_NAMING = 0.3
"""The share of its passages in which a page names its subject."""


@cache
def labels() -> Mapping[str, frozenset[str]]:
    """Return the lists of `pages.toml`."""
    words = table(__file__, "pages.toml")
    return {kind: frozenset(group) for kind, group in words.items()}


def subject(
    titles: Sequence[str],
    rows: Mapping[str, Sequence[str]],
    passages: Sequence[Passage],
    *,
    stated: bool = True,
) -> str | None:
    """Return the curated substance that a page is about, empty for one of its own; or None.

    `rows` are the values of its tables and lists by their labels. `stated` says that the titles
    are the document's own, and not what its file is called.
    """
    if all(key(title) in nothing() and not by_name().get(key(title)) for title in titles):
        return None
    told = (
        _has_table(titles, rows)
        or any(is_sorted(passage.text, titles) for passage in passages[:_LEADING])
        or _has_sections(titles, passages)
    )
    spoken = _Spoken(passages, bool(rows.keys() & _row_labels()))
    known = _known_by(titles, spoken, stated or told)
    return known if known or told else None


class _Spoken:
    """Of which substances a page speaks, by names that stand for them alone.

    A row for names or facts will do, since its title is the name there.
    """

    def __init__(self, passages: Sequence[Passage], has_rows: bool) -> None:
        self._text = Folded.of("\n".join(passage.text for passage in passages[:_FIRST])).text
        self._has_rows = has_rows

    def of(self, substance: str, title: str) -> bool:
        """Whether the page speaks of a substance that its title is a name of."""
        if self._has_rows and title in certain():
            return True
        return bool(_names(substance).places(self._text))


def _known_by(titles: Sequence[str], spoken: _Spoken, any_name: bool) -> str:
    """Return the curated substance that a title is a name of and the page speaks of, or none.

    A name that may mean something else counts where `any_name` will do, a letter never.
    """
    fitting = (stem for title in titles for stem in stems(title) if len(_bearers(stem)) == 1)
    found = {
        stem: next(iter(_bearers(stem)))
        for stem in fitting
        if stem in certain() or (any_name and not (len(stem) == 1 and stem.isascii()))
    }
    spoken_of = [stem for stem, one in found.items() if spoken.of(one, stem)]
    # The name that can mean nothing else is the subject's, wherever it stands among the titles.
    return found[min(spoken_of, key=lambda stem: stem not in certain())] if spoken_of else ""


def _bearers(name: str) -> frozenset[str]:
    return by_name().get(name, frozenset())


@cache
def _row_labels() -> frozenset[str]:
    return labels()["names"] | labels()["classes"] | labels()["facts"]


@cache
def _names(substance: str) -> Words:
    """Return the names that stand for a substance alone, as they stand in a folded text."""
    return Words(Folded.of(name).text for name in certain_names(substances()[substance]))


def _has_table(titles: Sequence[str], rows: Mapping[str, Sequence[str]]) -> bool:
    """Whether a table has names, classes or facts of a substance, two of the three; or two facts.

    A page on how something is made of a substance has the table of that: it is known by a name of
    another substance, and by none of this page.
    """
    facts = rows.keys() & labels()["facts"]
    kinds = sum(bool(rows.keys() & labels()[kind]) for kind in ("names", "classes", "facts"))
    if kinds < 2 and len(facts) < 2:
        return False
    values = (value for label in rows if label in labels()["names"] for value in rows[label])
    named = {key(name) for value in values for name in listed(value)}
    own = {stem for title in titles for stem in stems(title)}
    return bool(named & own) or not named & certain().keys()


def _has_sections(titles: Sequence[str], passages: Sequence[Passage]) -> bool:
    """Whether a page has the sections of a page about something that is taken.

    Guides and chapters of books have them too, but do not go on naming what their title says.
    """
    headings = {heading for passage in passages for heading in passage.section}
    told = {topic for heading in headings for topic in topics(Text(heading))} & labels()["telling"]
    if len(told) < _SECTIONS:
        return False
    kinds = (*endings()["group_endings"], *labels()["sort_endings"])
    if any(title.endswith(kinds) for title in titles):
        return True
    texts = [passage.text.casefold() for passage in passages]
    naming = sum(any(title.casefold() in text for title in titles) for text in texts)
    own = told & labels()["own"] or len(told) >= _MANY
    return bool(own) and naming >= _NAMING * len(texts)
