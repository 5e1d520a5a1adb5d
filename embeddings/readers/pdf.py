"""PDF files: their text by pypdf, page after page, without running heads and page numbers."""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from embeddings.errors import SourceUnreadable
from embeddings.readers import text as plain_text
from embeddings.readers.hyphenation import unhyphenated
from embeddings.readers.letters import is_gibberish
from embeddings.readers.parsed import Parsed
from embeddings.readers.titles import sound

__all__ = ["parse"]

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—·]?\s*\d{1,4}\s*[-–—·]?|第\s*\d{1,4}\s*页.{0,12}|page\s+\d.{0,12})\s*",
    re.IGNORECASE,
)
_EDGE = 3  # lines at the top and the bottom of a page that may be a running head
_DIGITS = re.compile(r"\d+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(data: bytes, path: Path) -> Parsed:
    """Return what a PDF says; raises `SourceUnreadable` if it is damaged, locked or a scan.

    The text that offsets count in is the text of the pages joined by line feeds, without hyphens of
    the typesetter and pages whose letters are of no language, as returned.
    """
    try:
        reader = PdfReader(BytesIO(data))
        pages = [_SURROGATE.sub("", page.extract_text()) for page in reader.pages]
        stated = reader.metadata
        title = str(stated.title or "").strip() if stated else ""
    except (PyPdfError, ValueError, LookupError, TypeError, ArithmeticError, OSError,
            AttributeError, NotImplementedError, RecursionError) as error:  # fmt: skip
        raise SourceUnreadable(
            f"{path} cannot be read as PDF ({type(error).__name__}): if it is locked or damaged, "
            "save it anew, or exclude it in sources.toml"
        ) from error
    if not any(page.strip() for page in pages):
        raise SourceUnreadable(f"{path} holds no text, only pictures: run OCR on it first")
    strange = {i for i, page in enumerate(pages) if is_gibberish(page)}
    bare = {i for i, page in enumerate(pages) if not page.strip()}
    kept = [page for i, page in enumerate(pages) if i not in strange]
    if not any(page.strip() for page in kept):
        raise SourceUnreadable(
            f"the text of {path} cannot be read, its letters are of no language: run OCR on it"
        )
    parsed = plain_text.read(unhyphenated("\n".join(_without_running_heads(kept))))
    told = [
        f"page {_numbers(found)}: {what}; run OCR on it"
        for found, what in ((strange, "letters of no language, left out"), (bare, "no text"))
        if found
    ]
    return replace(parsed, title=parsed.title or sound(title), warnings=(*parsed.warnings, *told))


def _numbers(pages: set[int]) -> str:
    return ", ".join(str(page + 1) for page in sorted(pages))


def _without_running_heads(pages: list[str]) -> list[str]:
    """Leave out page numbers, and lines at the edge of three pages or more that read alike."""
    lines = [page.split("\n") for page in pages]
    edges = Counter(key for page in lines for key in {_key(line) for line in _edge(page)})
    heads = {key for key, count in edges.items() if key and count >= max(3, len(pages) // 3)}
    kept = []
    for page in lines:
        at_edge = {i for i, _ in enumerate(page) if i < _EDGE or i >= len(page) - _EDGE}
        kept.append(
            "\n".join(
                line
                for i, line in enumerate(page)
                if not (i in at_edge and (_key(line) in heads or _PAGE_NUMBER.fullmatch(line)))
            )
        )
    return kept


def _edge(page: list[str]) -> list[str]:
    return page[:_EDGE] + page[-_EDGE:]


def _key(line: str) -> str:
    return _DIGITS.sub("0", "".join(line.split())).casefold()
