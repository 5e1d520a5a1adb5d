"""Labels that are no headings to a parser: those of tabs, and 【…】 in the label of a medicine."""

import re
from collections.abc import Iterator, Sequence

from embeddings.documents import Markup
from embeddings.readers.dialects import Label
from embeddings.readers.entries import Entry
from embeddings.text.blocks import Block
from embeddings.text.cleaning import plain

__all__ = ["with_brackets", "with_labels"]

_LABEL_LEVEL = 7  # below every heading of a page

_BRACKETED = re.compile(r"^[ \t>*_#]{0,10}【([^】\n]{1,20})】[ \t*_：:]{0,6}", re.MULTILINE)
_SHEET = 2  # so many bracketed labels make a page the label of a medicine


def with_labels(text: str, entries: Sequence[Entry], labels: Sequence[Label]) -> Iterator[Entry]:
    """Yield the entries, with a heading where a label begins and the end of it where it ends."""
    marks = [(label.start, label.name, depth) for label, depth in _nested(labels)]
    marks += [(label.end, "", depth) for label, depth in _nested(labels)]
    marks.sort(key=lambda mark: (mark[0], bool(mark[1])))
    for entry in entries:
        while marks and marks[0][0] <= entry.block.start:
            yield _mark(*marks.pop(0))
        yield entry


def _nested(labels: Sequence[Label]) -> Iterator[tuple[Label, int]]:
    for label in labels:
        yield label, sum(a.start < label.start and label.end < a.end for a in labels)


def _mark(at: int, name: str, depth: int) -> Entry:
    return Entry(Block("heading", at, at, ((at, at),), _LABEL_LEVEL + depth), name)


def with_brackets(text: str, entries: Sequence[Entry], markup: Markup) -> Iterator[Entry]:
    """Yield the entries; 【…】 at the beginning of paragraphs are headings, as in a leaflet.

    One alone is no label: a paragraph may begin with a word in such brackets.
    """
    cuts = {
        i: list(_BRACKETED.finditer(text[entry.block.start : entry.block.end]))
        for i, entry in enumerate(entries)
        if entry.block.kind == "paragraph"
    }
    sheet = sum(map(len, cuts.values())) >= _SHEET
    for i, entry in enumerate(entries):
        if not sheet or not cuts.get(i):
            yield entry
            continue
        start, end = entry.block.start, entry.block.end
        bounds = [*(match.start() for match in cuts[i]), end - start]
        yield from _part(text, start, start + bounds[0], markup)
        for match, stop in zip(cuts[i], bounds[1:], strict=True):
            yield _mark(start + match.start(), match[1].strip(), 0)
            yield from _part(text, start + match.end(), start + stop, markup)


def _part(text: str, start: int, end: int, markup: Markup) -> Iterator[Entry]:
    end = start + len(text[start:end].rstrip())
    if start < end and (read := plain(text[start:end], markup)):
        yield Entry(Block("paragraph", start, end, ((start, end),)), read)
