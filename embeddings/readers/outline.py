"""From the blocks of a document to its sections: runs of quotable text under their headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from embeddings.documents import Markup, Section
from embeddings.text.blocks import Block
from embeddings.text.boilerplate import forbids_changes, invites, is_furniture, is_listed
from embeddings.text.scripts import weight

__all__ = ["Entry", "sections"]

_PICTURE = re.compile(r"!\[|<img\b", re.IGNORECASE)
_CAPTION = 40.0  # Chinese characters; the line below a picture, if it is no sentence
_BLURB = 300.0  # Chinese characters; a longer section is no advertisement, whatever it invites to


@dataclass(frozen=True, slots=True)
class Entry:
    """A block and what is read in it; a heading without words ends the section before it."""

    block: Block
    text: str


def _is_caption(entry: Entry) -> bool:
    short = entry.block.kind == "paragraph" and weight(entry.text) <= _CAPTION
    return short and entry.text[-1] not in "。.！？!?：:"


@dataclass(slots=True)
class _Outline:
    """Where in the headings the reading is, and the run of blocks collected there."""

    title: str
    path: list[tuple[int, str]] = field(default_factory=list)
    skipping: int | None = None
    led: bool = False
    run: list[Entry] = field(default_factory=list)
    done: list[Section] = field(default_factory=list)

    def close(self) -> None:
        if self.run:
            names = tuple(name for _, name in self.path)
            self.done.append(Section(names, self.run[0].block.start, self.run[-1].block.end))
        self.run = []

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
        if self.skipping is not None and level > self.skipping:
            return
        self.skipping = level if is_listed(name, "skip") else None
        if name and name != self.title:
            self.path.append((level, name))


def sections(
    text: str, markup: Markup, title: str, entries: Sequence[Entry]
) -> tuple[tuple[Section, ...], bool]:
    """Return the sections, and whether the document states that it must not be changed.

    Left out are the sections and blocks that `boilerplate` knows: contents, references, links,
    navigation, advertising; with a list of links, the sentence that leads to it.
    """
    outline = _Outline(title)
    withhold = False
    after_picture = False
    for entry in _without_advertising(entries):
        block = entry.block
        raw = text[block.start : block.end]
        caption = after_picture and bool(entry.text) and _is_caption(entry)
        after_picture = bool(_PICTURE.search(raw)) if not entry.text else False
        if block.kind == "heading":
            outline.enter(block.level, entry.text)
        elif not entry.text:
            continue
        elif caption:
            outline.close()
        elif forbids_changes(entry.text):
            withhold = True
            outline.close()
        elif outline.skipping is not None or block.kind == "notes":
            outline.close()
        elif is_furniture(raw, entry.text, markup, block.kind):
            if block.kind == "list" and outline.run and outline.run[-1].text[-1] in ":：":
                outline.run.pop()
            outline.close()
        else:
            outline.lead(entry, raw)
            outline.run.append(entry)
    outline.close()
    return tuple(outline.done), withhold


def _without_advertising(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries but for short sections in which a line invites to do something."""
    start = 0
    for i in range(1, len(entries) + 1):
        if i < len(entries) and entries[i].block.kind != "heading":
            continue
        section = entries[start:i]
        sells = any(invites(line) for entry in section[1:] for line in entry.text.split("\n"))
        if not sells or sum(weight(entry.text) for entry in section) > _BLURB:
            yield from section
        start = i
