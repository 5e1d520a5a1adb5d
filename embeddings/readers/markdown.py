"""Markdown pages in its dialects: front matter, headings, tabs, sections."""

import re
from collections.abc import Sequence
from pathlib import Path

from embeddings.readers.decoding import decode
from embeddings.readers.dialects import shown
from embeddings.readers.entries import Entry
from embeddings.readers.front_matter import dated, front_matter, kept_back
from embeddings.readers.labels import with_labels
from embeddings.readers.outline import sections
from embeddings.readers.parsed import LeftOut, Parsed
from embeddings.readers.titles import agreed, same
from embeddings.text.blocks import Block, blocks
from embeddings.text.boilerplate import is_furniture
from embeddings.text.cleaning import plain
from embeddings.text.scripts import weight

__all__ = ["looks_like_markdown", "parse", "read"]

_FRONT = re.compile(r"\A\ufeff?\s*(?=(?:-{3}|\+{3})[ \t]*$)", re.MULTILINE)
_SIGNS = tuple(
    re.compile(sign, re.MULTILINE)
    for sign in (
        r"^#{1,6} \S",
        r"\[[^\]\n]{1,200}\]\([^)\s]{1,1000}\)",
        r"\*\*[^*\n]{1,200}\*\*",
        r"^\|[^\n]{1,500}\|[ \t]*\n\|[ \t:|-]{3,500}$",
        r"\[\^[^\]\n]{1,50}\]",
    )
)
_ANCHOR = re.compile(r"^[¶#§\s]+|(?:\{#[\w-]{1,100}\}|[¶#§\s])+$")
_OPENING = 3  # blocks of text that a page begins with
_INTRO = 80.0  # Chinese characters; after more text than this a heading of level 1 is a section


def looks_like_markdown(text: str) -> bool:
    """Say whether text without a telling name is Markdown: front matter, or two of its marks."""
    return bool(_FRONT.match(text)) or sum(bool(sign.search(text)) for sign in _SIGNS) >= 2


def parse(data: bytes, path: Path) -> Parsed:
    """Return what a Markdown page says; raises `LeftOut` where it is not published."""
    return read(decode(data, path), path)


def read(text: str, path: Path) -> Parsed:
    """Return what a page says that has been decoded; what its builder hides is blanked."""
    front, body, warnings = front_matter(text)
    if why := kept_back(front):
        raise LeftOut(why)
    text, labels = shown(text, body, path.suffix.casefold() == ".mdx")
    found = (block.moved(body) for block in blocks(text[body:], "markdown"))
    entries = [Entry(block, _read(text, block)) for block in found]
    stated, headed = _text(front.get("title")), _headed(text, entries)
    title = agreed(stated, headed, path, _opening(entries))
    if stated and headed and same(stated) != same(headed):
        warnings.append(f"front matter says title {stated!r}, the page is headed {headed!r}")
    entries = [  # headed otherwise than its title, the page is still headed so, it has no section
        Entry(e.block, title) if e.block.level == 1 and e.text == headed else e for e in entries
    ]
    runs, withhold, left_out = sections(
        text, "markdown", title, list(with_labels(text, entries, labels))
    )
    return Parsed(
        text=text,
        markup="markdown",
        title=title,
        sections=runs,
        date=dated(front),
        withhold=withhold,
        warnings=tuple(warnings),
        left_out=left_out,
    )


def _read(text: str, block: Block) -> str:
    read = plain(text[block.start : block.end], "markdown")
    return _ANCHOR.sub("", read.replace("\n", " ")) if block.kind == "heading" else read


def _text(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _opening(entries: Sequence[Entry]) -> str:
    texts = [entry.text for entry in entries if entry.text and entry.block.kind != "heading"]
    return " ".join(texts[:_OPENING])


def _headed(text: str, entries: Sequence[Entry]) -> str:
    """Return the first heading of level 1, unless sections or an amount of text precede it."""
    before = 0.0
    for entry in entries:
        block = entry.block
        if block.kind == "heading" and entry.text:
            return entry.text if block.level == 1 else ""
        if not is_furniture(text[block.start : block.end], entry.text, "markdown", block.kind):
            before += weight(entry.text)
        if before > _INTRO:
            break
    return ""
