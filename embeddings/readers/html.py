"""Web pages: title and citation from the head, sections from the main part of the body."""

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from embeddings.readers.decoding import decode
from embeddings.readers.entries import Entry
from embeddings.readers.outline import sections
from embeddings.readers.parsed import Parsed
from embeddings.text.blocks import Block, blocks
from embeddings.text.cleaning import plain

__all__ = ["parse"]

_ASIDE = {
    "nav", "header", "footer", "aside", "form", "button", "head", "script", "style", "noscript",
    "template", "svg", "iframe",
}  # fmt: skip
_ASIDE_ROLES = {
    "navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog", "doc-toc",
}  # fmt: skip
_HEADING = re.compile(r"<h([1-6])\b[^<>]{0,2000}>(.{0,1000}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ENOUGH = 200  # characters; a main part with less is not where the text is


def parse(data: bytes, path: Path) -> Parsed:
    """Return what an HTML page says; offsets count in its source, tags included."""
    text = decode(data, path)
    soup = BeautifulSoup(text, "html.parser")
    title = _title(soup)
    entries = [entry for start, end in _runs(soup, text) for entry in _entries(text, start, end)]
    found, withhold, left_out = sections(text, "html", title, entries)
    return Parsed(
        text=text,
        markup="html",
        title=title,
        sections=found,
        authors=tuple(_meta(soup, "citation_author")) or tuple(_meta(soup, "author")),
        date=_date(soup),
        doi=next(iter(_meta(soup, "citation_doi")), None),
        url=_link(soup, "canonical"),
        licence=_link(soup, "license"),
        withhold=withhold,
        left_out=left_out,
    )


class _Places:
    """Where the elements of a parsed page begin and end in its source."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def start(self, tag: Tag) -> int:
        return self._lines[(tag.sourceline or 1) - 1] + (tag.sourcepos or 0)

    def end(self, tag: Tag) -> int:
        """Return the end of the last closing tag before what follows the element."""
        following = tag.find_next_sibling(True) or next(
            (up for parent in tag.parents if (up := parent.find_next_sibling(True))), None
        )
        limit = self.start(following) if isinstance(following, Tag) else len(self._text)
        closing = self._text.lower().rfind(f"</{tag.name}", self.start(tag), limit)
        return limit if closing < 0 else self._text.find(">", closing, limit) + 1 or limit


def _runs(soup: BeautifulSoup, text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of the main part, without what is beside the text."""
    places = _Places(text)
    parts = soup.select("main, [role=main], article")
    main = next((tag for tag in parts if len(tag.get_text()) >= _ENOUGH), soup.body)
    start, end = (places.start(main), places.end(main)) if main else (0, len(text))
    for tag in soup.find_all(_is_aside):
        first = places.start(tag)
        if start <= first < end:
            yield start, first
            start = places.end(tag)
    yield start, end


def _is_aside(tag: Tag) -> bool:
    if tag.name == "header" and tag.find_parent(("article", "main")):
        return False
    return tag.name in _ASIDE or str(tag.get("role", "")).casefold() in _ASIDE_ROLES


def _entries(text: str, start: int, end: int) -> Iterator[Entry]:
    """Yield the headings and the blocks between them."""
    for heading in _HEADING.finditer(text, start, end):
        yield from _read(text, start, heading.start())
        name = plain(heading[2], "html").replace("\n", " ").strip("¶# ")
        run = (heading.start(), heading.end())
        yield Entry(Block("heading", *run, (run,), int(heading[1])), name)
        start = heading.end()
    yield from _read(text, start, end)


def _read(text: str, start: int, end: int) -> Iterator[Entry]:
    for block in blocks(text[start:end], "html"):
        moved = block.moved(start)
        yield Entry(moved, plain(text[moved.start : moved.end], "html"))


def _meta(soup: BeautifulSoup, name: str) -> list[str]:
    found = soup.find_all("meta", attrs={"name": name}) + soup.find_all("meta", property=name)
    return [str(tag.get("content", "")).strip() for tag in found if tag.get("content")]


def _title(soup: BeautifulSoup) -> str:
    """Return the first heading of level 1, else the citation's or the window's title."""
    for found in (soup.h1, soup.title):
        if found and (title := " ".join(found.get_text().split()).strip("¶# ")):
            return title
    return next(iter(_meta(soup, "citation_title") + _meta(soup, "og:title")), "")


def _date(soup: BeautifulSoup) -> str | None:
    names = ("article:modified_time", "article:published_time", "dcterms.modified", "date")
    for name in (*names, "citation_publication_date"):
        for content in _meta(soup, name):
            if found := _DAY.search(content.replace("/", "-")):
                return found[0]
    return None


def _link(soup: BeautifulSoup, rel: str) -> str | None:
    tag = soup.find(["link", "a"], rel=rel)
    href = str(tag.get("href", "")) if isinstance(tag, Tag) else ""
    return href if href.startswith("http") else None
