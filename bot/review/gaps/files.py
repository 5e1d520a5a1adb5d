"""Gaps as files for the people who write the sources: no rare question, and no amount."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from bot.review.exports.files import safe
from bot.review.gaps.gathering import Gap
from bot.screening.doses import find, mask
from bot.substances.naming import curated
from embeddings.documents import Language

__all__ = ["as_csv", "as_markdown"]

FEWER: Final = "<5"


def told(found: Iterable[Gap], language: Language) -> Iterator[tuple[str, str, str, str]]:
    """What may leave the circle of moderators: number, substances, topics, the middle question.

    What fewer than five people asked is told without their words, and no amount is told at all.
    """
    known = curated().substances
    for each in found:
        named = ", ".join(
            curated().called(name, language) for name in each.substances if name in known
        )
        often = each.told is not None
        words = without_amounts(each.questions[0]) if often else ""
        yield str(each.told) if often else FEWER, named, ", ".join(each.topics), words


def without_amounts(question: str) -> str:
    """A question with its amounts masked; nothing of it is remembered, unlike words of sources."""
    return mask(question, find(question)).text


HEAD: Final = ("asked", "substances", "topics", "question")


def as_csv(found: Iterable[Gap], language: Language) -> str:
    """The gaps as CSV for the people who write the sources."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEAD)
    writer.writerows([safe(cell) for cell in row] for row in told(found, language))
    return file.getvalue()


def as_markdown(found: Iterable[Gap], language: Language) -> str:
    """The gaps as a Markdown table, for a wiki page."""
    lines = [f"| {' | '.join(HEAD)} |", f"|{'---|' * len(HEAD)}"]
    for row in told(found, language):
        cells = (" ".join(cell.split()).replace("|", "\\|").replace("<", "&lt;") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
