"""What is known of the documents of a corpus: their subjects, and every name that counts there."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from bot.substances.keys import by_name, endings, nothing, stems
from bot.substances.lexicon import Substance, substances
from bot.substances.mining import Findings, findings
from bot.substances.naming import Names, curated
from bot.vocabulary.matching import Phrases, longest
from bot.vocabulary.ordinary import chinese_words, is_ordinary
from bot.vocabulary.text import Text, key
from embeddings.documents import Document, Passage
from embeddings.snapshot import Snapshot

__all__ = ["Page", "mine", "names_of", "subjects_of", "titled", "to_rows", "with_pages"]

_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Page:
    """What one document is about, and how it is called.

    `substance` is the id that its passages are labelled with: a curated one where the page is
    about a substance of the lexicon, else one of its own; empty where it is about none.
    `context` are those of `names` that are ordinary words too.
    """

    document: str
    substance: str
    zh: str
    en: str
    names: tuple[str, ...]
    context: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


def mine(
    documents: Sequence[Document],
    passages: Mapping[str, Sequence[Passage]],
    fit: Callable[[str], bool],
) -> tuple[Page, ...]:
    """Return what each document is about, and its names.

    `passages` are those of each document, withheld ones too: a table of doses names its subject.
    `fit` says whether a run of words may be shown, and so be a name.
    """
    read = [findings(document, passages.get(document.id, ()), fit) for document in documents]
    drafts = [page for page in read if page.titles]
    own: dict[str, str] = {}
    for page in drafts:
        substance = _known_as(page, own) if page.of_substance else ""
        for title in page.titles if substance else ():
            own.setdefault(key(title), substance)
    known = dict(by_name()) | {name: frozenset({substance}) for name, substance in own.items()}
    claims = _claims(drafts, own)
    return tuple(_page(page, _owner(page, own), claims, known) for page in drafts)


def _owner(page: Findings, own: Mapping[str, str]) -> str:
    """Return the substance that a page is about, empty where it is about none."""
    return own[key(page.titles[0])] if page.of_substance else ""


def _claims(pages: Sequence[Findings], own: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Return who claims each name: those whose tables state it, else those who only mention it.

    Several pages on one substance are one claimant. A page may say how its neighbour is called:
    on the alkaloids of harmala, that harmala is also called Syrian rue.
    """
    stated: dict[str, set[str]] = defaultdict(set)
    mentioned: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        owner = _owner(page, own) or page.document
        for name in page.others:
            (stated if name in page.stated else mentioned)[key(name)].add(owner)
    return {name: frozenset(stated.get(name) or mentioned[name]) for name in {*stated, *mentioned}}


def _known_as(page: Findings, own: Mapping[str, str]) -> str:
    """Return the id of the substance of a page: a curated one, an earlier page's, or a new one."""
    if page.known:
        return page.known
    earlier = (own[stem] for title in page.titles for stem in stems(title) if stem in own)
    return next(earlier, f"page:{page.titles[0]}")


def _page(
    page: Findings,
    substance: str,
    claims: Mapping[str, frozenset[str]],
    known: Mapping[str, frozenset[str]],
) -> Page:
    """Sort out the names of a page: none that another substance bears, or several pages claim."""
    names: dict[str, str] = {}
    kinds = endings()["group_endings"]
    of_class = any(title.endswith(kinds) for title in page.titles)
    for name in (*page.titles, *page.others):
        stem = key(name)
        taken = bool(known.get(stem, frozenset()) - {substance})
        if name in page.titles:
            fits = not taken or not substance
        else:
            fits = (
                not taken
                and claims[stem] == {substance or page.document}
                and stem not in nothing()
                and (of_class or not name.endswith(kinds))
                # One character that is a word by itself (当, 马) is in any sentence.
                and not (len(name) == 1 and name in chinese_words())
            )
        if fits:
            names.setdefault(stem, name)
    names.pop("", None)
    listed = tuple(names.values())
    latin = [name for name in listed if not _HAN.search(name)]
    # The only name that a Chinese page gives in English is its title in English.
    titles = {*page.titles, *(latin if len(latin) == 1 else ())}
    groups = (next((known[k] for k in stems(n) if k in known), ()) for n in page.classes)
    return Page(
        document=page.document,
        substance=substance,
        zh=next((name for name in page.titles if _HAN.search(name)), page.titles[0]),
        en=next(iter(latin), page.titles[0]),
        names=listed,
        context=tuple(n for n in listed if is_ordinary(n, n in titles)),
        classes=tuple(dict.fromkeys(c for ids in groups for c in sorted(ids) if c != substance)),
    )


def subjects_of(pages: Collection[Page]) -> dict[str, list[str]]:
    """Return the substances that documents are about, by the id of the document."""
    return {page.document: [page.substance] for page in pages if page.substance}


def with_pages(pages: Collection[Page]) -> Names:
    """Return the curated names together with those of the pages."""
    if not pages:
        return curated()
    known: dict[str, Substance] = dict(substances())
    for page in pages:
        if not page.substance:
            continue
        before = known.get(page.substance)
        known[page.substance] = _joined(before, page) if before else _new(page)
    return Names(MappingProxyType(known))


def _joined(before: Substance, page: Page) -> Substance:
    """Add the names of a page to a substance that is known already."""
    had = {key(name) for name in (before.zh, before.en, *before.aliases)}
    new = tuple(name for name in page.names if key(name) not in had)
    context = before.context | {name for name in new if name in page.context}
    return replace(before, aliases=(*before.aliases, *new), context=context)


def _new(page: Page) -> Substance:
    return Substance(
        id=page.substance,
        zh=page.zh,
        en=page.en,
        classes=page.classes,
        aliases=page.names,
        context=frozenset(page.context),
        sources=MappingProxyType({}),
        is_class=page.zh.endswith(endings()["class_endings"]),
    )


@lru_cache(maxsize=2)
def names_of(snapshot: Snapshot) -> Names:
    """Return every name that counts in questions to a snapshot."""
    return with_pages([page_from(row) for row in snapshot.glossary])


@lru_cache(maxsize=4)
def _headwords(snapshot: Snapshot, variants: bool) -> Phrases[str]:
    """Return what documents about no substance, or those about variants, are called."""
    pages = [page_from(row) for row in snapshot.glossary]
    return Phrases(
        (name, page.document)
        for page in pages
        if (_is_variant(page) if variants else not page.substance)
        for name in page.names
        if name not in page.context
    )


def _is_variant(page: Page) -> bool:
    """Whether a page is about a known substance and called otherwise: henbane, beside datura."""
    known = substances().get(page.substance)
    return known is not None and not {key(page.zh), key(page.en)} & {key(known.zh), key(known.en)}


def titled(snapshot: Snapshot, text: Text, *, variants: bool = False) -> frozenset[str]:
    """Return the documents whose title, or other name, a question has in it.

    They are those about no substance, or those about a variant of one that has its own pages.
    """
    hits = longest(text.hits(_headwords(snapshot, variants)))
    return frozenset(hit.value for hit in hits)


def page_from(row: Mapping[str, Any]) -> Page:
    """Make a page of what a snapshot stores of it."""
    lists = {name: tuple(row[name]) for name in ("names", "context", "classes")}
    return Page(row["document"], row["substance"], row["zh"], row["en"], **lists)


def to_rows(pages: Collection[Page]) -> list[dict[str, Any]]:
    """Return pages as plain values, for a snapshot."""
    return [asdict(page) for page in pages]
