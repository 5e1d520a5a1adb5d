"""Reading a file of a corpus into a `Document`, whatever its format.

The format is told by the name of the file; a `.txt` may hold Markdown, and is read as such when
its text says so (front matter, headings, links).
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from embeddings.documents import Changes, Document, Language, Source
from embeddings.errors import SourceUnreadable
from embeddings.readers import html, markdown, pdf, text
from embeddings.readers.decoding import decode, load
from embeddings.readers.parsed import Parsed
from embeddings.text.cleaning import plain
from embeddings.text.language import detect

__all__ = ["SUFFIXES", "read"]

_FORMATS: Mapping[str, Callable[[str], Parsed]] = {
    ".md": markdown.parse,
    ".markdown": markdown.parse,
    ".html": html.parse,
    ".htm": html.parse,
}
SUFFIXES = frozenset({*_FORMATS, ".txt", ".pdf"})
_SAMPLE = 4000  # code points that are read to tell the language of a document


def read(path: Path, document_id: str, source: Source) -> Document:
    """Return the document in the file at `path`, described by its entry of `sources.toml`.

    What `source` leaves empty is filled with what the file states about itself. Raises
    `SourceUnreadable`, naming the file and what to do, when it is empty, binary, damaged or of
    a format that is not read.
    """
    data = load(path)
    parsed = _parse(data, path)
    language = source.language or _language(parsed)
    stated = source.title or _title(source.titles, language) or parsed.title
    title = stated or path.stem
    changes: Changes = "withhold" if parsed.withhold else source.changes
    warnings = parsed.warnings + (() if parsed.sections else ("no text to quote was found",))
    return Document(
        id=document_id,
        source=source.name,
        title=title,
        text=parsed.text,
        markup=parsed.markup,
        sha256=hashlib.sha256(data).hexdigest(),
        titles=source.titles or parsed.titles or {language: title},
        authors=source.authors or parsed.authors,
        journal=source.journal,
        year=source.year or parsed.year,
        date=parsed.date,
        doi=source.doi or parsed.doi,
        url=source.url or parsed.url,
        licence=source.licence or parsed.licence,
        language=language,
        kind=source.kind,
        changes=changes,
        sections=parsed.sections,
        warnings=warnings,
        untitled=not stated,
    )


def _parse(data: bytes, path: Path) -> Parsed:
    suffix = path.suffix.casefold()
    if suffix == ".pdf":
        return pdf.parse(data, path)
    if suffix not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        raise SourceUnreadable(f"{path} is of no format that is read ({known}): exclude it")
    decoded = decode(data, path)
    parse = _FORMATS.get(suffix)
    if parse is None:
        parse = markdown.parse if markdown.looks_like_markdown(decoded) else text.parse
    return parse(decoded)


def _language(parsed: Parsed) -> Language:
    """Return the language of the quotable text; of a text in two, that of its larger part."""
    runs = (parsed.text[section.start : section.end] for section in parsed.sections)
    return detect(plain("\n\n".join(runs)[:_SAMPLE], parsed.markup))


def _title(titles: Mapping[str, str], language: Language) -> str:
    return titles.get(language) or next(iter(titles.values()), "")
