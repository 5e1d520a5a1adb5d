"""Reading a file of a corpus into a `Document`, whatever its format.

The format is told by the ending of the file's name: each is a row of `FORMATS` and a function that
takes the bytes and the path. A `.txt` may hold Markdown, and is read as such when its text says so
(front matter, headings, links).
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from embeddings.documents import Changes, Document, Language, Source
from embeddings.errors import SourceUnreadable
from embeddings.readers import html, markdown, pdf, text
from embeddings.readers.decoding import load
from embeddings.readers.parsed import LeftOut, Parsed
from embeddings.text.boilerplate import endangers, linked
from embeddings.text.cleaning import plain
from embeddings.text.language import detect, foreign

__all__ = ["FORMATS", "SUFFIXES", "read"]

FORMATS: Mapping[str, Callable[[bytes, Path], Parsed]] = {
    ".md": markdown.parse,
    ".markdown": markdown.parse,
    ".mdx": markdown.parse,
    ".html": html.parse,
    ".htm": html.parse,
    ".xhtml": html.parse,
    ".txt": text.parse,
    ".pdf": pdf.parse,
}
SUFFIXES = frozenset(FORMATS)
_INDEXES = {"index", "_index", "readme", "summary", "sources", "home", "contents"}
_WORD = re.compile(r"\w")
_WORDY = 1000  # code points; an index with more text is a page
_MOSTLY, _MUCH = 0.6, 0.3  # of the letters of an index that are in links, and of its text alone
_FOLDERS_PAGE = {"index", "_index", "readme"}
_SAMPLE = 4000  # code points that are read to tell the language of a document


def read(path: Path, document_id: str, source: Source) -> Document:
    """Return the document in the file at `path`, described by its entry of `sources.toml`.

    What `source` leaves empty is filled with what the file states about itself. Raises
    `SourceUnreadable`, naming the file and what to do, when it is empty, binary, damaged or of
    a format that is not read, and `LeftOut` where it is not published or only an index of links.
    """
    data = load(path)
    parsed = _parse(data, path)
    if path.stem.casefold() in _INDEXES and _only_links(parsed):
        raise LeftOut("an index of links, without text")
    language = source.language or detect(_sample(parsed))
    stated = source.title or _title(source.titles, language) or parsed.title
    own = path.parent.name if path.stem.casefold() in _FOLDERS_PAGE else ""
    title = stated or own or path.stem
    changes: Changes = "withhold" if parsed.withhold else source.changes
    warnings = parsed.warnings + tuple(_doubts(parsed))
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
        left_out=parsed.left_out,
    )


def _parse(data: bytes, path: Path) -> Parsed:
    parse = FORMATS.get(path.suffix.casefold())
    if parse is None:
        known = ", ".join(sorted(SUFFIXES))
        raise SourceUnreadable(f"{path} is of no format that is read ({known}): exclude it")
    return parse(data, path)


def _only_links(parsed: Parsed) -> bool:
    """Say whether an index leads to other pages and says nothing itself."""
    raws = [parsed.text[section.start : section.end] for section in parsed.sections]
    texts = [plain(raw, parsed.markup) for raw in raws]
    if any(map(endangers, texts)) or sum(map(len, texts)) > _WORDY:
        return False
    return all(
        sum(map(linked, raw)) >= share * sum(len(_WORD.findall(text)) for text in read)
        for share, raw, read in (
            (_MOSTLY, [parsed.text], [plain(parsed.text, parsed.markup)]),
            (_MUCH, raws, texts),
        )
    )


def _sample(parsed: Parsed) -> str:
    """Return quotable text to tell its language; of a text in two, that of its larger part."""
    runs = (parsed.text[section.start : section.end] for section in parsed.sections)
    return plain("\n\n".join(runs)[:_SAMPLE], parsed.markup)


def _doubts(parsed: Parsed) -> Iterator[str]:
    if not parsed.sections:
        yield "no text to quote was found"
    elif foreign(_sample(parsed)):
        yield "the text is in neither Chinese nor English: say `language`, or leave it out"


def _title(titles: Mapping[str, str], language: Language) -> str:
    return titles.get(language) or next(iter(titles.values()), "")
