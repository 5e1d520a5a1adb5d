"""Document, Section, Passage: what a corpus is made of, with places in the file as given.

Every offset in this package counts Unicode code points of `Document.text`, the decoded file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Changes", "Document", "Kind", "Language", "Markup", "Passage", "Section", "Source"]

Kind = Literal["review", "wiki", "official", "report", "opinion"]
Changes = Literal["mask", "withhold"]
Markup = Literal["markdown", "text", "html"]
Language = Literal["zh-Hans", "zh-Hant", "en"]


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of `sources.toml`: what is known about the files that its globs include.

    A value that a document states about itself wins over a value given here only where the
    entry leaves it empty: the person who wrote `sources.toml` has read the document.
    """

    name: str
    include: tuple[str, ...] = ("**/*",)
    exclude: tuple[str, ...] = ()
    title: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None
    doi: str | None = None
    url: str | None = None
    licence: str | None = None
    language: Language | None = None
    kind: Kind = "wiki"
    changes: Changes = "mask"


@dataclass(frozen=True, slots=True)
class Section:
    """A run of a document under one heading; `path` is outermost first, without the title."""

    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its text as decoded, and what a citation needs to say about it.

    `titles` maps a language to the title in that language; `title` is the one the document
    itself leads with, or the name of its file where it is `untitled`. `warnings` are findings for
    the ingest report, such as a front matter title that disagrees with the first heading;
    `left_out` names the sections that are not quoted, each with its size and why.
    """

    id: str
    source: str
    title: str
    text: str
    markup: Markup
    sha256: str
    titles: Mapping[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None
    date: str | None = None
    doi: str | None = None
    url: str | None = None
    licence: str | None = None
    language: Language = "zh-Hans"
    kind: Kind = "wiki"
    changes: Changes = "mask"
    sections: tuple[Section, ...] = ()
    warnings: tuple[str, ...] = ()
    untitled: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotable run of one document: `text == plain(document.text[start:end], document.markup)`.

    `references` are the footnotes that the run cites, resolved. `translations` are the ids of
    the passages of the same document that say the same in another language. `labels` and
    `redactions` are set by the caller of this package, which stores and filters them and asks
    nothing about their meaning: `redactions` are `(start, end, reason)` runs of `text` that
    must not be shown, `withheld` the reason why the whole passage must not.
    """

    id: str
    document: str
    start: int
    end: int
    text: str
    section: tuple[str, ...]
    language: Language
    references: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    redactions: tuple[tuple[int, int, str], ...] = ()
    withheld: str | None = None
