"""A document as a page to read: its headings, its passages, and where something was left out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from bot.answer import Frozen, QuotedPassage
from bot.corpus.catalogue import DocumentView, SectionView
from embeddings.documents import Language, Passage

__all__ = ["Gap", "Heading", "Part", "outline"]

DEEPEST = 6
"""HTML has no heading below h6."""


class Heading(Frozen):
    """A heading; `level` is that of the HTML element, 2 for the outermost."""

    id: str
    level: int
    text: str
    language: Language


class Gap(Frozen):
    """A place where whole passages are withheld, and why."""

    reasons: tuple[str, ...]


class Part(Frozen):
    """What stands under one heading, with the headings that begin there."""

    headings: tuple[Heading, ...]
    items: tuple[QuotedPassage | Gap, ...]


def outline(document: DocumentView, withheld: Sequence[Passage] = ()) -> tuple[Part, ...]:
    """Return a document as parts, with no level of heading left out.

    `withheld` are passages of any document; of theirs, only place and reason are used.
    """
    missing = sorted(
        (each for each in withheld if each.document == document.id), key=lambda each: each.start
    )
    parts, path = [], tuple[str, ...]()
    for number, section in enumerate(document.sections):
        last = number == len(document.sections) - 1
        until = None if last else document.sections[number + 1].passages[0].citation.start
        here = [each for each in missing if until is None or each.start < until]
        missing = missing[len(here) :]
        headings = tuple(begun(section, path, number))
        parts.append(Part(headings=headings, items=tuple(items(section.passages, here))))
        path = section.path
    return tuple(parts)


def begun(section: SectionView, before: tuple[str, ...], number: int) -> Iterator[Heading]:
    """Give the headings that were not yet open in the section before."""
    pairs = zip(section.path, before, strict=False)
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    for depth, text in enumerate(section.path[shared:], start=shared):
        yield Heading(
            id=f"section-{number}-{depth}",
            level=min(depth + 2, DEEPEST),
            text=text,
            language=section.passages[0].language,
        )


def items(
    passages: Iterable[QuotedPassage], missing: Sequence[Passage]
) -> Iterator[QuotedPassage | Gap]:
    """Give passages in their order, with a gap wherever one or more are missing."""
    waiting = list(missing)
    for passage in passages:
        before = [each for each in waiting if each.start < passage.citation.start]
        waiting = waiting[len(before) :]
        yield from gap(before)
        yield passage
    yield from gap(waiting)


def gap(missing: Sequence[Passage]) -> Iterator[Gap]:
    """Give one gap for passages that are missing side by side."""
    if missing:
        yield Gap(reasons=tuple(dict.fromkeys(each.withheld or "" for each in missing)))
