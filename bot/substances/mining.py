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

from bot.substances.lexicon import substances
from bot.substances.lists import is_name, listed, tidy, variants
from bot.substances.pictures import pictured
from bot.substances.references import referred_to
from bot.vocabulary.concepts import concept_words
from bot.vocabulary.matching import Folded
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
_SORT = re.compile(
    r"是(?:一|指一)?[种类个组](?:[^，。；,;]{0,60}?)(?:药|药物|药品|物质|化合物|化学品|植物|蘑菇|真菌"
    r"|生物碱|[^，。；]剂|类)(?=[，。；,;（(、]|\s|$)"
    r"|\bis an? [^,.;]{0,80}\b(?:drug|substance|compound|medication|medicine|plant|chemical"
    r"|alkaloid|stimulant|depressant|psychedelic|dissociative|opioid|benzodiazepine|mushroom)\b"
)
_ROW = re.compile(r"^(?:[-*] )?([^|：:\n]{2,24}?)\s*(?:\||：|:)\s*(.{1,400})$", re.MULTILINE)
_CUE = (
    r"(?:又称|也称|亦称|也叫|又叫|又名|别名|俗称|简称|通称|俗名|称为|称作|商品名|品牌名|学名"
    r"|(?:also|commonly|better|often) (?:known|called|referred to) as|\baka\b|sold as|brand names?)"
)
# A list of names ends where the sentence goes on about what it is. Names in brackets belong to
# what stands before them: 商品名为速可眠（Seconal）.
_KNOWN_AS = re.compile(
    rf"{_CUE}(?:为|是|包括|有|作)?[：: ]*"
    rf"((?:(?!{_CUE}|[，,] ?(?:是|属|它|由|能|具|作为|用于|(?:is|are|was|were)\b))"
    r"(?:[^()（）。；;：:!！?？\n]|[(（][^()（）\n]{1,60}[)）])){1,120})"
)
_BRACKETED = re.compile(r"([^()（）。，]{1,40})[（(]([^()（）]{1,80})[)）]")
_SENTENCE_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s|\n")
_LEAD, _EARLY, _FIRST, _NOTES = 500, 100, 16, 6
_SECTIONS = 3
_NAMESPACE = re.compile(r"^(?:讨论|討論|草稿|用户|talk|draft|user)\s*[:：]\s*", re.IGNORECASE)


@cache
def _labels() -> Mapping[str, frozenset[str]]:
    words = table(__file__, "pages.toml")
    return {kind: frozenset(group) for kind, group in words.items()}


def _rows(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """Yield label and value of the rows of tables and lists, the label as it is compared."""
    for passage in passages:
        for match in _ROW.finditer(passage.text):
            yield tidy(match[1]).casefold().replace(" ", ""), match[2]


def _headline(text: str) -> list[str]:
    """Return the title that the front matter states."""
    found = re.match(r"\ufeff?\s*---[ \t]*\n(?:[^\n]*\n){0,8}?title:[ \t]*([^\n]{1,80})\n", text)
    return [found[1].strip("'\" ")] if found else []


def _titles(document: Document) -> list[str]:
    given = [document.title, *document.titles.values(), *_headline(document.text)]
    found = [name for title in given for name in variants(_NAMESPACE.sub("", title))]
    return [name for name in dict.fromkeys(found) if is_name(name)]


def _lead(passages: Sequence[Passage], titles: Sequence[str]) -> Iterator[str]:
    """Yield the names that the first sentences on a page give for its subject."""
    begun = False
    for passage in passages[:_FIRST]:
        if begun and passage.section:
            return
        # Under a heading, as that of the table before it, the sentence must begin with the title.
        first = _opening(passage.text, titles, 0 if passage.section else _EARLY)
        begun = begun or bool(_KNOWN_AS.search(first))
        for match in _KNOWN_AS.finditer(first):
            if not _of_another(first[: match.start()], titles):
                yield from listed(match[1])
        bracketed = _BRACKETED.match(first)
        if bracketed:
            before, inside = tidy(bracketed[1]), listed(bracketed[2])
            if before in titles:
                yield from inside
            elif any(name in titles for name in inside):
                yield from (before, *inside)


def _of_another(before: str, titles: Sequence[str]) -> bool:
    """Whether names stand in brackets behind something else than the subject of the page.

    阿莫达非尼是莫达非尼（商品名Provigil）的一半: the first bracket belongs to the subject as well.
    """
    start = max(before.rfind("("), before.rfind("（"))
    closed = max(before.rfind(")"), before.rfind("）"))
    return start > closed > -1 and not tidy(before[:start]).endswith(tuple(titles))


def _opening(text: str, titles: Sequence[str], early: int = _EARLY) -> str:
    """Return the first sentence that has a title so `early`; notes may stand before it."""
    for sentence in _SENTENCE_END.split(text[:_LEAD])[:_NOTES]:
        if any(title in sentence[: early + len(title)] for title in titles):
            return sentence
    return ""


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
    if any(_sorted_as(passage.text, titles) for passage in passages[:6]):
        return True
    headings = {heading for passage in passages for heading in passage.section}
    told = {topic for heading in headings for topic in topics(Text(heading))}
    return len(told & labels["telling"]) >= _SECTIONS


def _sorted_as(text: str, titles: Sequence[str]) -> bool:
    """Whether a text begins by saying which sort of substance the page is about."""
    first = _opening(text, titles)
    return any(title in first[:60] for title in titles) and bool(_SORT.search(first))


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
    told = [*_lead(passages, titles), *referred_to(document.text)]
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
