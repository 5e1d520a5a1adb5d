"""The names that the pages of a corpus give for what they are about.

A wiki knows more substances, brands and street names than any list that ships. Each page says in
its title, its table of facts and its first sentence how its subject is called; what is read there
when the corpus is ingested is stored with it and used beside the curated names.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.substances.leads import is_sorted, names_led_to
from bot.substances.lexicon import substances
from bot.substances.lists import is_name, listed, tidy, variants
from bot.substances.pictures import pictured
from bot.substances.references import referred_to
from bot.vocabulary.concepts import concept_words
from bot.vocabulary.matching import Folded, alternatives
from bot.vocabulary.text import Text
from bot.vocabulary.topics import topics, topics_of_questions
from embeddings.datafiles import table
from embeddings.documents import Document, Passage

__all__ = [
    "Findings",
    "by_name",
    "endings",
    "findings",
    "key",
    "stems",
    "topic_words",
]

_HAN = re.compile(r"[\u3400-\u9fff]")
_ROW = re.compile(r"^(?:[-*] )?([^|：:\n]{2,24}?)\s*(?:\||：|:)\s*(.{1,400})$", re.MULTILINE)
_SECTIONS = 3


@cache
def _labels() -> Mapping[str, frozenset[str]]:
    words = table(__file__, "pages.toml")
    return {kind: frozenset(group) for kind, group in words.items()}


def _rows(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """Yield label and value of the rows of tables and lists, the label as it is compared."""
    for passage in passages:
        for match in _ROW.finditer(passage.text):
            yield tidy(match[1]).casefold().replace(" ", ""), match[2]


@cache
def _namespace() -> re.Pattern[str]:
    """Return what a wiki writes before the title of a page of another kind: `讨论：`."""
    words = alternatives(table(__file__, "pages.toml")["namespaces"])
    return re.compile(rf"^(?:{words})\s*[:：]\s*", re.IGNORECASE)


def _headline(text: str) -> list[str]:
    """Return the title that the front matter states."""
    found = re.match(r"\ufeff?\s*---[ \t]*\n(?:[^\n]*\n){0,8}?title:[ \t]*([^\n]{1,80})\n", text)
    return [found[1].strip("'\" ")] if found else []


def _titles(document: Document) -> list[str]:
    given = [document.title, *document.titles.values(), *_headline(document.text)]
    found = [name for title in given for name in variants(_namespace().sub("", title))]
    return [name for name in dict.fromkeys(found) if is_name(name)]


def _is_about_substance(
    rows: Mapping[str, list[str]], passages: Sequence[Passage], titles: Sequence[str]
) -> bool:
    """Whether a page has the facts of a substance, or three of the sections of such pages.

    Or its first sentence says that it is one, or its title is the name of a known one.
    """
    labels = _labels()
    facts = rows.keys() & labels["facts"]
    if (facts and rows.keys() & (labels["names"] | labels["classes"])) or len(facts) > 1:
        return True
    if any(by_name().get(key) for title in titles for key in stems(title)):
        return True
    if any(is_sorted(passage.text, titles) for passage in passages[:6]):
        return True
    headings = {heading for passage in passages for heading in passage.section}
    told = {topic for heading in headings for topic in topics(Text(heading))}
    return len(told & labels["telling"]) >= _SECTIONS


def key(name: str) -> str:
    """Return a name as two spellings of it are compared."""
    return re.sub(r"[\s\-_.·‐‑–]+", "", Folded.of(name).text)


@dataclass(frozen=True, slots=True)
class Findings:
    """What one page says about its subject: the names in its title and all others, its classes.

    `stated` are those of `others` that stand in its table of facts. `of_substance` is false for
    a page about anything else: an idea, a law, a first-aid measure.
    """

    document: str
    titles: tuple[str, ...]
    others: tuple[str, ...]
    classes: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    of_substance: bool = True


def findings(
    document: Document, passages: Sequence[Passage], fit: Callable[[str], bool]
) -> Findings:
    """Read what a page calls its subject; `passages` are all of its own, withheld ones too.

    `fit` says whether a run of words may be shown, and so be a name: an amount is none.
    """
    titles = [title for title in _titles(document) if fit(title)]
    rows: dict[str, list[str]] = defaultdict(list)
    for label, value in _rows(passages):
        rows[label].append(value)
    told = [*names_led_to(passages, titles), *referred_to(document.text)]
    lead = [name for name in told if is_name(name) and fit(name)]
    ordinary = all(key(t) in topic_words() and not by_name().get(key(t)) for t in titles)
    known = any(len(by_name().get(key(title), ())) == 1 for title in titles)
    if ordinary or not (known or _is_about_substance(rows, passages, titles)):
        names = tuple(dict.fromkeys(lead))
        return Findings(document.id, tuple(titles), names, of_substance=False)
    labels = _labels()
    named = [n for label in labels["names"] & rows.keys() for v in rows[label] for n in listed(v)]
    kinds = [n for label in labels["classes"] & rows.keys() for v in rows[label] for n in listed(v)]
    stated = tuple(filter(fit, named))
    others = dict.fromkeys([*stated, *filter(fit, pictured(document.text)), *lead])
    classes = tuple(dict.fromkeys(filter(fit, kinds)))
    return Findings(document.id, tuple(titles), tuple(others), classes, stated)


@cache
def by_name() -> Mapping[str, frozenset[str]]:
    """Return the curated substances that bear a name, by its key."""
    found: dict[str, set[str]] = defaultdict(set)
    for substance in substances().values():
        for name in (substance.zh, substance.en, *substance.aliases):
            found[key(name)].add(substance.id)
    return {key: frozenset(ids) for key, ids in found.items()}


def stems(title: str) -> Iterator[str]:
    """Yield the keys under which a title may be known: itself, without what it ends in."""
    yield key(title)
    for ending in endings()["endings"]:
        if title.endswith(ending) and len(title) > len(ending) + 1:
            yield key(title.removesuffix(ending) + "类")
            yield key(title.removesuffix(ending))


@cache
def endings() -> Mapping[str, tuple[str, ...]]:
    """Return what titles of classes end in, the longest first of those that overlap."""
    rows = table(__file__, "pages.toml")
    return {name: tuple(rows[name]) for name in ("endings", "class_endings", "group_endings")}


@cache
def topic_words() -> frozenset[str]:
    """Return words of topics and concepts, which are names of nothing, as keys."""
    cues = [cue for topic in topics_of_questions().values() for cue in topic.cues]
    return frozenset(key(word.strip("*#")) for word in (*concept_words(), *cues))
