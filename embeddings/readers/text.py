"""Plain text, and text out of PDF files: headings, abstracts, an article's head."""

import re
from collections.abc import Iterator
from pathlib import Path

from embeddings.readers import head, markdown
from embeddings.readers.decoding import decode
from embeddings.readers.entries import Entry
from embeddings.readers.headings import Heading, headings
from embeddings.readers.outline import sections
from embeddings.readers.parsed import Parsed
from embeddings.text.blocks import Block, blocks
from embeddings.text.boilerplate import is_listed, words
from embeddings.text.cleaning import plain
from embeddings.text.language import detect
from embeddings.text.scripts import weight

__all__ = ["parse", "read"]

_PARAGRAPH = 100.0  # Chinese characters; less above an article's first label is its title
_PROSE = 60.0  # Chinese characters; a shorter paragraph after a label still belongs to it


def parse(data: bytes, path: Path) -> Parsed:
    """Return what a text file says, as Markdown where it looks like it."""
    decoded = decode(data, path)
    if markdown.looks_like_markdown(decoded):
        return markdown.read(decoded, path)
    return read(decoded)


def read(text: str) -> Parsed:
    """Return what a plain text says; of an article, the lines above its first label too."""
    marks = headings(text)
    titles = head.titles(text, marks)
    title = max(titles.values(), key=len, default="") or _first_heading(text, marks)
    found, withhold, left_out = sections(text, "text", title, list(_entries(text, marks)))
    return Parsed(
        text=text,
        markup="text",
        title=title,
        titles=titles,
        sections=found,
        authors=head.authors(text, marks),
        year=head.year(text, marks),
        doi=head.doi(text, marks),
        withhold=withhold,
        left_out=left_out,
    )


def _first_heading(text: str, marks: tuple[Heading, ...]) -> str:
    """Return the heading that the text begins with, unless it is numbered or a label."""
    for mark in marks[:1]:
        known = any(is_listed(mark.name, name) for name in ("abstract", "line_labels", "skip"))
        if not text[: mark.start].strip() and not mark.number and not known:
            return mark.name
    return ""


def _regions(text: str, marks: tuple[Heading, ...]) -> Iterator[tuple[Heading | None, int, int]]:
    """Yield each heading, or None for the top, with the run of text below it."""
    bounds = [*(mark.start for mark in marks), len(text)]
    yield None, 0, bounds[0]
    for mark, end in zip(marks, bounds[1:], strict=True):
        yield mark, mark.end, end


def _entries(text: str, marks: tuple[Heading, ...]) -> Iterator[Entry]:
    head_ends = head.end(marks)
    for mark, start, end in _regions(text, marks):
        body = list(_paragraphs(text, start, end))
        if start < head_ends:
            yield from (entry for entry in body if weight(entry.text) > _PARAGRAPH)
            continue
        if mark is None:
            yield from body
            continue
        yield Entry(_heading(mark.start, mark.end, mark.level), mark.name)
        if is_listed(mark.name, "line_labels"):
            body = _from_prose(body)
        elif is_listed(mark.name, "abstract"):
            body = _within_language(body)
        yield from body


def _heading(start: int, end: int, level: int) -> Block:
    return Block("heading", start, end, ((start, end),), level)


def _end_of_section(at: int) -> Entry:
    return Entry(_heading(at, at, 1), "")


def _paragraphs(text: str, start: int, end: int) -> Iterator[Entry]:
    """Yield the paragraphs of a run; a funding note in brackets ends the section."""
    note = _funding().search(text, start, end)
    for block in blocks(text[start : note.start() if note else end], "text"):
        moved = block.moved(start)
        yield Entry(moved, plain(text[moved.start : moved.end]))
    if note:
        yield _end_of_section(note.end())
        yield from _paragraphs(text, note.end(), end)


def _funding() -> re.Pattern[str]:
    names = "|".join(re.escape(word) for word in words()["funding"])
    return re.compile(rf"[［\[【(（](?:{names})[^］\]】]{{0,1500}}[］\]】]")


def _from_prose(body: list[Entry]) -> list[Entry]:
    """Leave out what follows a one-line label, up to the first paragraph of text."""
    for i, entry in enumerate(body[1:], 1):
        text = entry.text
        if weight(text) >= _PROSE and text[-1:] in "。.！？!?" and "@" not in text:
            return [_end_of_section(entry.block.start), *body[i:]]
    return []


def _within_language(body: list[Entry]) -> list[Entry]:
    """End an abstract where the language changes: what follows is the article."""
    for i, entry in enumerate(body[1:], 1):
        if (detect(entry.text) == "en") != (detect(body[0].text) == "en"):
            return [*body[:i], _end_of_section(entry.block.start), *body[i:]]
    return body
