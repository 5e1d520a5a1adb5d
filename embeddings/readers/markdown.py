"""Markdown pages: front matter, headings, sections."""

import re
from collections.abc import Mapping
from datetime import date, datetime

import yaml
from frontmatter.default_handlers import YAMLHandler

from embeddings.readers.outline import Entry, sections
from embeddings.readers.parsed import Parsed
from embeddings.text.blocks import Block, blocks
from embeddings.text.cleaning import plain

__all__ = ["looks_like_markdown", "parse"]

_FRONT = re.compile(r"\A\ufeff?\s*(?=-{3}[ \t]*$)", re.MULTILINE)
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
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ANCHOR = re.compile(r"^[¶#§\s]+|[¶#§\s]+$")


def looks_like_markdown(text: str) -> bool:
    """Say whether text without a telling name is Markdown: front matter, or two of its marks."""
    return bool(_FRONT.match(text)) or sum(bool(sign.search(text)) for sign in _SIGNS) >= 2


def parse(text: str) -> Parsed:
    """Return what a Markdown page says; the first heading of level 1 is its title."""
    front, body, warnings = _front_matter(text)
    found = (block.moved(body) for block in blocks(text[body:], "markdown"))
    entries = [Entry(block, _read(text, block)) for block in found]
    title = next((entry.text for entry in entries if entry.block.level == 1 and entry.text), "")
    stated = str(front.get("title") or "").strip()
    if title and stated and _same(title) != _same(stated):
        warnings.append(f"front matter says title {stated!r}, the page is headed {title!r}")
    if front.get("published") is False:
        warnings.append("front matter says published: false")
    title = title or stated
    runs, withhold = sections(text, "markdown", title, entries)
    return Parsed(
        text=text,
        markup="markdown",
        title=title,
        sections=runs,
        date=_date(front),
        withhold=withhold,
        warnings=tuple(warnings),
    )


def _read(text: str, block: Block) -> str:
    read = plain(text[block.start : block.end], "markdown")
    return _ANCHOR.sub("", read.replace("\n", " ")) if block.kind == "heading" else read


def _front_matter(text: str) -> tuple[Mapping[str, object], int, list[str]]:
    """Return the front matter, where the page begins, and what is wrong with it."""
    opening = _FRONT.match(text)
    bounds = [match.end() for match in YAMLHandler.FM_BOUNDARY.finditer(text)][:2]
    if not opening or len(bounds) < 2:
        return {}, 0, []
    try:
        front = YAMLHandler().load(YAMLHandler().split(text[opening.end() :])[0])
    except (yaml.YAMLError, ValueError) as error:
        return {}, bounds[1], [f"front matter cannot be read: {str(error).splitlines()[0]}"]
    if not isinstance(front, dict):
        return {}, bounds[1] if front is None else 0, []
    return front, bounds[1], []


def _same(title: str) -> str:
    return re.sub(r"[\W_]+", "", title).casefold()


def _date(front: Mapping[str, object]) -> str | None:
    """Return the day on which the page was last changed, ISO 8601."""
    for key in ("date", "updated", "lastmod", "last_updated", "dateCreated"):
        value = front.get(key)
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str) and (found := _DATE.search(value)):
            return found[0]
    return None
