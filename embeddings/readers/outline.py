"""From the blocks of a document to its sections: runs of quotable text under their headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from embeddings.documents import Markup, Section
from embeddings.readers.entries import Entry
from embeddings.readers.labels import with_brackets
from embeddings.text.boilerplate import (
    endangers,
    forbids_changes,
    is_furniture,
    is_listed,
    is_prose,
    offers,
)
from embeddings.text.cleaning import plain
from embeddings.text.scripts import weight

__all__ = ["sections"]

_PICTURE = re.compile(r"!\[|<img\b", re.IGNORECASE)
_CAPTION = 40.0  # Chinese characters; the line below a picture, if it is no sentence
_BLURB = 300.0  # Chinese characters; a longer section is no advertisement
_SHOWN = 40  # code points of a block that the report shows


def _is_caption(entry: Entry) -> bool:
    short = entry.block.kind == "paragraph" and weight(entry.text) <= _CAPTION
    return short and entry.text[-1] not in "。.！？!?：:" and not endangers(entry.text)


@dataclass(slots=True)
class _Outline:
    """Where in the headings the reading is, and the run of blocks collected there."""

    title: str
    path: list[tuple[int, str]] = field(default_factory=list)
    skipping: tuple[int, str] | None = None
    led: bool = False
    run: list[Entry] = field(default_factory=list)
    done: list[Section] = field(default_factory=list)
    left_out: dict[tuple[str, str], int] = field(default_factory=dict)

    def close(self) -> None:
        if self.run:
            names = tuple(name for _, name in self.path)
            self.done.append(Section(names, self.run[0].block.start, self.run[-1].block.end))
        self.run = []

    def drop(self, entry: Entry, what: str, why: str) -> None:
        key = (what, why)
        self.left_out[key] = self.left_out.get(key, 0) + len(entry.text)
        self.close()

    def lead(self, entry: Entry, raw: str) -> None:
        """A wiki's first paragraph, which begins with the title in bold, is under no heading."""
        bold = raw.lstrip().startswith(("**", "<b>", "<strong>", "<p><b>", "<p><strong>"))
        if not self.led and self.title and bold and entry.text.startswith(self.title):
            self.led = True
            self.close()
            self.path.clear()

    def enter(self, level: int, name: str) -> None:
        self.close()
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        if self.skipping is None or level <= self.skipping[0]:
            self.skipping = (level, name) if is_listed(name, "skip") else None
        if name and name != self.title:
            self.path.append((level, name))


def sections(
    text: str, markup: Markup, title: str, entries: Sequence[Entry]
) -> tuple[tuple[Section, ...], bool, tuple[str, ...]]:
    """Return the sections, whether the document says it must not be changed, what is left out.

    Left out are advertising, and the blocks that `boilerplate` knows: contents, references, links,
    navigation; with a list of links, the sentence that leads to it. Under a heading such as
    Notes or Sources text stays, and what cites or only links does not.
    """
    outline = _Outline(title)
    withhold = False
    after_picture = False
    for entry in with_brackets(text, list(_without_advertising(entries, outline)), markup):
        block = entry.block
        raw = text[block.start : block.end]
        caption = after_picture and bool(entry.text) and _is_caption(entry)
        after_picture = bool(_PICTURE.search(raw)) if not entry.text else False
        if block.kind == "heading":
            outline.enter(block.level, entry.text)
        elif not entry.text:
            continue
        elif forbids_changes(entry.text):
            withhold = True
            outline.close()
        elif caption:
            outline.drop(entry, _first_line(entry), "a caption of a picture")
        elif block.kind == "notes":
            outline.close()
        elif outline.skipping:
            _under_skipped(outline, text, markup, entry)
        elif is_furniture(raw, entry.text, markup, block.kind):
            if block.kind == "list" and outline.run and outline.run[-1].text[-1] in ":：":
                outline.run.pop()
            outline.drop(entry, _first_line(entry), "links or a notice")
        else:
            outline.lead(entry, raw)
            outline.run.append(entry)
    outline.close()
    return tuple(outline.done), withhold, tuple(_told(outline.left_out))


def _first_line(entry: Entry) -> str:
    return entry.text[:_SHOWN].split("\n")[0]


def _told(left_out: dict[tuple[str, str], int]) -> Iterator[str]:
    for (what, why), size in left_out.items():
        yield f"{what} ({size} characters): {why}"


def _under_skipped(outline: _Outline, text: str, markup: Markup, entry: Entry) -> None:
    """Keep what is text under a heading such as Notes, a list item by item."""
    assert outline.skipping
    heading = outline.skipping[1]
    for part in _items(text, markup, entry):
        raw = text[part.block.start : part.block.end]
        if is_prose(raw, part.text, heading):
            outline.run.append(part)
        else:
            outline.drop(part, heading, "a list of sources or links, by its heading")


def _items(text: str, markup: Markup, entry: Entry) -> Iterator[Entry]:
    block = entry.block
    if block.kind != "list" or len(block.parts) < 2:
        yield entry
        return
    for start, end in block.parts:
        if read := plain(text[start:end], markup):
            yield Entry(replace(block, start=start, end=end, parts=((start, end),)), read)


def _without_advertising(entries: Sequence[Entry], outline: _Outline) -> Iterator[Entry]:
    """Yield the entries but for sections that end in an offer of the site and tell no danger."""
    starts = [i for i, entry in enumerate(entries) if entry.block.kind == "heading"]
    bounds = [*starts, len(entries)]
    yield from entries[: bounds[0]]
    for start, end in pairwise(bounds):
        heading, *rest = entries[start:end]
        if not _sells([heading, *rest]):
            yield from (heading, *rest)
            continue
        for entry in rest:
            outline.drop(entry, heading.text, "advertising, by its button")
        yield Entry(heading.block, "")


def _sells(section: Sequence[Entry]) -> bool:
    read = [entry.text for entry in section if entry.text]
    short = sum(map(weight, read)) <= _BLURB
    last = read[-1].split("\n")[-1] if len(read) > 1 else ""
    return short and offers(last) and not any(map(endangers, read))
