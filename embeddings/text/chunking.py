"""From the sections of a document to passages: runs that can be quoted and found by themselves.

Whole paragraphs are joined within a section up to about 320 Chinese characters (800 Latin ones);
a paragraph of more than 450 (1,100) is cut at ends of sentences into parts of about one length.
Never is a sentence cut; only one that is longer than a passage makes a longer passage, and what
goes on for thousands of characters is no sentence. A list
stays with the sentence that leads to it, and is cut between its items; a table is by itself, so
that it can be withheld by itself, and is cut between its rows.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embeddings.documents import Document, Passage, Section
from embeddings.identity import identity
from embeddings.text.blocks import Block, blocks
from embeddings.text.cleaning import plain, sentences, squeeze, trace
from embeddings.text.footnotes import references
from embeddings.text.language import detect
from embeddings.text.scripts import weight
from embeddings.text.translations import paired

__all__ = ["chunk"]

# Lengths in Chinese characters, see `embeddings.text.scripts.weight`.
_MIN, _TARGET, _MAX = 120.0, 320.0, 450.0
_LEAST, _LEAST_LEAD = 12.0, 60.0
_ENDLESS = 2500
"""Code points without the end of a sentence: a table without rows, a log, a file of one line."""

_SENTENCE_END = re.compile(r"[。！？!?]|\w\w\.(?:\s|$)")
_LEADS = re.compile(r"[:：]\s*$")
# Markup that closes what stands before it, so belongs to the part that ends there.
_CLOSING = re.compile(
    r"(?:\[\^[^\]\n]{1,100}\](?!:)|\[(?:<sup>)?\\?\[[^\]\n]{1,20}\](?:</sup>)?\]\(#[^)\n]{0,300}\)"
    r"|\]\([^()\n]{0,1000}\)|</[a-z]{1,10}>|[*_]{1,3}(?=\s|$))*",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A run that is never cut, as sentences and items are, and its plain text."""

    start: int
    end: int
    text: str

    @property
    def weight(self) -> float:
        return weight(self.text)


_Paragraph = list[_Unit]


def chunk(document: Document) -> tuple[Passage, ...]:
    """Return the passages of a document, in order, without those that repeat another one.

    For each, `text == plain(document.text[start:end], document.markup)`. Abstracts in two
    languages know each other's passages as `translations`.
    """
    passages: dict[str, Passage] = {}
    seen: set[str] = set()
    for section in document.sections:
        for start, end in _runs(document, section):
            passage = _passage(document, section, start, end)
            key = squeeze(passage.text)
            if _says_something(passage.text) and key not in seen:
                seen.add(key)
                passages.setdefault(passage.id, passage)
    return paired(tuple(passages.values()))


def _says_something(text: str) -> bool:
    """A sentence, or a few words at least; not the lead to something that was left out."""
    if _LEADS.search(text) and weight(text) < _LEAST_LEAD:
        return False
    return weight(text) >= _LEAST or bool(_SENTENCE_END.search(text))


def _passage(document: Document, section: Section, start: int, end: int) -> Passage:
    raw = document.text[start:end]
    text = plain(raw, document.markup)
    return Passage(
        id=identity(document.id, raw),
        document=document.id,
        start=start,
        end=end,
        text=text,
        section=section.path,
        language=detect(text, otherwise=document.language),
        references=references(document, start, end),
    )


def _runs(document: Document, section: Section) -> Iterator[tuple[int, int]]:
    """Yield the runs of the source that become the passages of a section."""
    raw = document.text[section.start : section.end]
    paragraphs: list[_Paragraph] = []
    for block in blocks(raw, document.markup):
        units = list(_units(document, block.moved(section.start)))
        if block.kind == "table":
            yield from _joined(paragraphs)
            yield from _balanced(units)
            paragraphs = []
        elif paragraphs and block.kind == "list" and _LEADS.search(paragraphs[-1][-1].text):
            lead = paragraphs.pop()
            paragraphs += _with_lead(lead, units)
        elif units:
            paragraphs.append(units)
    yield from _joined(paragraphs)


def _with_lead(lead: _Paragraph, items: _Paragraph) -> list[_Paragraph]:
    """Tie the last sentence before a list to its first item."""
    if not items:
        return [lead]
    first = _Unit(lead[-1].start, items[0].end, f"{lead[-1].text}\n{items[0].text}")
    return [[*lead[:-1], first, *items[1:]]]


def _units(document: Document, block: Block) -> Iterator[_Unit]:
    """Yield items, rows or the paragraph; by sentence what is too long or leads to a list."""
    for start, end in block.parts:
        text = plain(document.text[start:end], document.markup)
        if not text:
            continue
        leads = block.kind == "paragraph" and _LEADS.search(text)
        if weight(text) <= _MAX and not leads:
            yield _Unit(start, end, text)
        else:
            yield from _by_sentence(document, start, end)


def _by_sentence(document: Document, start: int, end: int) -> Iterator[_Unit]:
    """Yield the sentences of a run, several as one where they do not read alone as together."""
    raw = document.text[start:end]
    traced = trace(raw, document.markup)
    spans = [part for span in sentences(traced.text) for part in _bounded(traced.text, *span)]
    cuts = [_cut(raw, traced.source(*span)[1]) for span in spans[:-1]]
    first, done = 0, 0
    for i, cut in enumerate([*cuts, len(raw)]):
        text = plain(raw[done:cut], document.markup)
        whole = traced.text[spans[first][0] : spans[i][1]] if spans else ""
        if squeeze(text) == squeeze(whole) or i == len(cuts):
            yield _Unit(start + done, start + cut, text)
            first, done = i + 1, cut


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what no reader could take for a sentence in parts, at white space or at commas."""
    while end - start > _ENDLESS:
        stop = max(text.rfind(mark, start, start + _ENDLESS) for mark in " \n，,；;、")
        stop = stop + 1 if stop > start else start + _ENDLESS
        yield start, stop
        start = stop
    yield start, end


def _cut(raw: str, end: int) -> int:
    closing = _CLOSING.match(raw, end)
    end = closing.end() if closing else end
    while end < len(raw) and raw[end].isspace():
        end += 1
    return end


def _joined(paragraphs: Sequence[_Paragraph]) -> Iterator[tuple[int, int]]:
    """Yield runs of whole paragraphs, and of parts of long ones."""
    held: list[_Unit] = []
    for paragraph in paragraphs:
        size, more = _weight(held), _weight(paragraph)
        fits = size + more <= _TARGET
        if min(size, more) < _MIN:  # too little to be found by itself
            fits = size + more <= _MAX
        if held and not fits:
            yield from _balanced(held)
            held = []
        held += paragraph
    yield from _balanced(held)


def _balanced(units: Sequence[_Unit]) -> Iterator[tuple[int, int]]:
    """Cut a run of units into as few parts of about one length as stay within a passage."""
    sizes = [unit.weight for unit in units]
    at = 0
    while at < len(units):
        total = sum(sizes[at:])
        parts = 1 if total <= _MAX else math.ceil(total / _TARGET)
        count = _share(sizes[at:], total / parts) if parts > 1 else len(units) - at
        yield units[at].start, units[at + count - 1].end
        at += count


def _share(sizes: Sequence[float], goal: float) -> int:
    """Return how many units come nearest to `goal` together, one at least."""
    held = 0.0
    for count, size in enumerate(sizes):
        if count and held + size / 2 > goal:
            return count
        held += size
    return len(sizes)


def _weight(units: Sequence[_Unit]) -> float:
    return sum(unit.weight for unit in units)
