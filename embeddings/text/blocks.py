"""The blocks of a run of a source: headings, paragraphs, lists, tables, with their places.

Markdown is parsed by markdown-it-py, blocks only; HTML and plain text are cut where
`embeddings.text.cleaning` ends a line, so that what is read as a paragraph is a block.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from embeddings.documents import Markup
from embeddings.text.cleaning import trace

__all__ = ["Block", "blocks"]

BlockKind = Literal["heading", "paragraph", "list", "table", "notes"]

_LINE = re.compile(r"\r\n?|\n")
_NOTES = re.compile(r"^[ \t]{0,3}\[\^[^\]\n]{1,100}\]:", re.MULTILINE)
_HTML_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_KINDS: dict[str, BlockKind] = {
    "heading": "heading",
    "bullet_list": "list",
    "ordered_list": "list",
    "table": "table",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the source; `parts` are the runs it can be cut into: items, rows or itself.

    `level` is that of a heading, outermost 1, else 0.
    """

    kind: BlockKind
    start: int
    end: int
    parts: tuple[tuple[int, int], ...]
    level: int = 0

    def moved(self, by: int) -> "Block":
        """Return the block `by` code points further on."""
        parts = tuple((start + by, end + by) for start, end in self.parts)
        return replace(self, start=self.start + by, end=self.end + by, parts=parts)


def blocks(text: str, markup: Markup) -> tuple[Block, ...]:
    """Return the blocks of `text` in order; what is between them is never read."""
    if markup == "markdown":
        return tuple(_markdown(text))
    if markup == "html":
        return tuple(_html(text))
    return tuple(_paragraphs(text, markup))


def _paragraphs(text: str, markup: Markup) -> Iterator[Block]:
    traced = trace(text, markup)
    at = 0
    for line in traced.text.split("\n"):
        if line:
            start, end = traced.source(at, at + len(line))
            yield Block("paragraph", start, end, ((start, end),))
        at += len(line) + 1


def _html(text: str) -> Iterator[Block]:
    """Paragraphs as read, and each table as one block with its rows."""
    done = 0
    for table in _HTML_TABLE.finditer(text):
        for block in _paragraphs(text[done : table.start()], "html"):
            yield block.moved(done)
        rows = tuple(block.moved(table.start()).parts[0] for block in _paragraphs(table[0], "html"))
        if rows:
            yield Block("table", rows[0][0], rows[-1][1], rows)
        done = table.end()
    for block in _paragraphs(text[done:], "html"):
        yield block.moved(done)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.disable(["inline", "text_join"], ignoreInvalid=True).disable(["reference", "code"])
    return parser


def _markdown(text: str) -> Iterator[Block]:
    starts = [0, *(match.end() for match in _LINE.finditer(text)), len(text)]

    def run(first: int, last: int) -> tuple[int, int]:
        start, end = starts[first], starts[min(last, len(starts) - 1)]
        return start, start + len(text[start:end].rstrip())

    for node in _nodes(SyntaxTreeNode(_parser().parse(text)).children):
        if node.map is None or node.type == "hr":
            continue
        kind = _KINDS.get(node.type, "paragraph")
        start, end = run(*node.map)
        if kind == "paragraph":
            yield from _without_notes(text, start, end)
            continue
        parts = tuple(run(*part.map) for part in _parts(node) if part.map)
        level = int(node.tag[1]) if kind == "heading" else 0
        yield Block(kind, start, end, parts or ((start, end),), level)


def _nodes(nodes: Sequence[SyntaxTreeNode]) -> Iterator[SyntaxTreeNode]:
    """Yield the blocks; a list with headings in it is layout, its items' blocks are yielded."""
    for node in nodes:
        if _KINDS.get(node.type) == "list" and any(n.type == "heading" for n in node.walk()):
            for item in node.children:
                yield from _nodes(item.children)
        else:
            yield node


def _parts(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    """Yield the items of a list or the rows of a table."""
    if _KINDS.get(node.type) == "list":
        yield from node.children
    elif node.type == "table":
        yield from (row for rows in node.children for row in rows.children)


def _without_notes(text: str, start: int, end: int) -> Iterator[Block]:
    """Yield a paragraph up to the first definition of a footnote, then the definitions."""
    notes = _NOTES.search(text, start, end)
    cut = notes.start() if notes else end
    cut = start + len(text[start:cut].rstrip())
    if start < cut:
        yield Block("paragraph", start, cut, ((start, cut),))
    if notes:
        yield Block("notes", notes.start(), end, ((notes.start(), end),))
