"""Whether a quotation is word for word what its source says, but for the marks that it declares."""

from collections.abc import Iterator
from hashlib import blake2b

from bot.answer import MARK, QuotedPassage
from bot.answering.quoting import REMEMBERED
from embeddings.snapshot import Snapshot
from embeddings.text.cleaning import plain

__all__ = ["verbatim"]

_true: set[bytes] = set()
"""Hashes of quotations with the runs that they were found to be; of the words nothing is kept."""


def verbatim(passage: QuotedPassage, snapshot: Snapshot) -> bool:
    """Return whether a quotation is its source's text, but for the marks that it declares."""
    document = snapshot.documents.get(passage.citation.document)
    if document is None:
        return False
    run = document.text[passage.citation.start : passage.citation.end]
    key = _digest(run, document.markup, passage.text, *map(repr, passage.withheld))
    if key in _true:
        return True
    if not _quotes(passage, plain(run, document.markup)):
        return False
    if len(_true) >= REMEMBERED:
        _true.clear()
    _true.add(key)
    return True


def _digest(*parts: str) -> bytes:
    """Return a hash of texts that no other texts have, however they are cut."""
    key = blake2b(digest_size=16)
    for part in parts:
        written = part.encode("utf-8", "surrogatepass")
        key.update(len(written).to_bytes(8) + written)
    return key.digest()


def _quotes(passage: QuotedPassage, source: str) -> bool:
    first, *others = _pieces(passage)
    if not others:
        return first == source
    *between, last = others
    at = len(first)
    for run in between:
        at = source.find(run, at) + len(run)
        if at < len(run):
            return False
    return source.startswith(first) and source.endswith(last) and at + len(last) < len(source)


def _pieces(passage: QuotedPassage) -> Iterator[str]:
    """Yield the runs of a quotation between its marks."""
    at = 0
    for mark in passage.withheld:
        if mark.start < at or passage.text[mark.start : mark.end] != MARK:
            yield "\0"
        yield passage.text[at : mark.start]
        at = mark.end
    yield passage.text[at:]
