"""Web pages: title and citation from the head, sections from the main part of the body."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from embeddings.readers.decoding import decode
from embeddings.readers.entries import Entry
from embeddings.readers.labels import with_labels
from embeddings.readers.outline import sections
from embeddings.readers.page import apart, leads_away, main_part, tab_labels, without
from embeddings.readers.parsed import LeftOut, Parsed
from embeddings.readers.titles import same, windows_title
from embeddings.readers.tree import Node, tree
from embeddings.text.blocks import Block, blocks
from embeddings.text.cleaning import plain
from embeddings.text.scripts import weight

__all__ = ["parse"]

_HEADING = re.compile(r"<h([1-6])\b[^<>]{0,2000}>(.{0,1000}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse(data: bytes, path: Path) -> Parsed:
    """Return what an HTML page says; offsets count in its source, tags included.

    What is beside the text is blanked, so that it is in no passage, wherever it stands.
    """
    text = decode(data, path)
    soup, root = BeautifulSoup(text, "html.parser"), tree(text)
    if why := leads_away(root):
        raise LeftOut(why)
    text, labels = tab_labels(root, text)
    main = main_part(root)
    heading = _heading(root, main, text, soup)
    text = without(root, text, heading)
    runs = _runs(main, root)
    entries = [entry for start, end in runs for entry in _entries(text, start, end)]
    headed = _read_heading(text, heading) if heading else ""
    title = headed or windows_title(_window(soup), _site(soup), [entry.text for entry in entries])
    entries = _headed(entries, title)
    found, withhold, left_out = sections(
        text, "html", title, list(with_labels(text, entries, labels))
    )
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


def _heading(root: Node, main: Node, text: str, soup: BeautifulSoup) -> Node | None:
    """Return the heading of level 1 that is the title: the first in the main part.

    One above it may be the name of the site; it is the title if the window's begins with it.
    """
    headings = [node for node in root.walk() if node.name == "h1" and _read_heading(text, node)]
    inside = next((node for node in headings if main.holds(node)), None)
    if inside and not (main.name in ("", "body") and len(headings) > 1):
        return inside
    window = same(_window(soup))
    named = (node for node in headings if window.startswith(same(_read_heading(text, node))))
    return next(named, inside)


def _read_heading(text: str, node: Node) -> str:
    return plain(text[node.start : node.end], "html").replace("\n", " ").strip("¶# ")


def _headed(entries: list[Entry], title: str) -> list[Entry]:
    """Return the entries; the title alone at the top is a heading, whatever its element."""
    for i, entry in enumerate(entries):
        if entry.block.kind != "heading" and entry.text == title:
            return [*entries[:i], Entry(replace(entry.block, kind="heading", level=1), title),
                    *entries[i + 1 :]]  # fmt: skip
        if entry.block.kind == "heading" or weight(entry.text) > weight(title):
            break
    return entries


def _runs(main: Node, root: Node) -> Iterator[tuple[int, int]]:
    """Yield the runs of the main part, without lists of references."""
    start, end = main.start, main.end
    for first, last in apart(root):
        if start <= first < end:
            yield start, first
            start = last
    yield start, end


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


def _window(soup: BeautifulSoup) -> str:
    found = soup.title.get_text() if soup.title else ""
    stated = [found, *_meta(soup, "citation_title"), *_meta(soup, "og:title")]
    return next((" ".join(title.split()) for title in stated if title.strip()), "")


def _site(soup: BeautifulSoup) -> str:
    return next(iter(_meta(soup, "og:site_name") + _meta(soup, "application-name")), "")


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
