r"""Reference marks in a passage, and the references that they stand for.

Three kinds of marks are read: `[^4]` with `[^4]: …`, links to numbered notes such as
`[\[1\]](#cite_note-1)`, and printed ones, ［10-11］, where the document has a numbered list of
references.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from embeddings.documents import Document, Markup
from embeddings.text.boilerplate import is_listed
from embeddings.text.cleaning import plain

__all__ = ["references"]

_DEFINITION = re.compile(
    r"^[ ]{0,3}\[\^([^\]\n]{1,100})\]:[ \t]*(.*(?:\n(?:[ \t]{2,}|\t)\S.*){0,20})", re.MULTILINE
)
_MARK = re.compile(r"\[\^([^\]\n]{1,100})\](?!:)")
_LINKED = re.compile(
    r"\[(?:<sup>)?\\?\[?[^\W\d_]{0,4} ?(\d{1,3})\\?\]?(?:</sup>)?\]"
    r"\(#(?:cite|ref|fn|note|参考|引用|脚注|文献)"
    r"|<a\s[^<>]{0,300}href=\"#(?:cite|ref|fn|note|b\d|CR)[^<>]{0,300}>\s*\[?(\d{1,3})\]?\s*</a>",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"[\[［](\d{1,3}(?:\s?[,，、–~～-]\s?\d{1,3}){0,20})[\]］](?!\()")
_NUMBERED = re.compile(
    r"^[ \t]*(?:[\[［](\d{1,3})[\]］]|(\d{1,3})[.．、])[ \t\u3000]*(\S.*)$", re.MULTILINE
)
_HEADING = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+)?([^\n]{2,40}?)[ \t#]*$", re.MULTILINE)
_BACK_LINKS = re.compile(r"^\s*[↑^](?:\s*(?:\d+\.\d+|[a-z])(?=\s))*\s*")
_LONGEST = 1000  # code points of one reference


def references(document: Document, start: int, end: int) -> tuple[str, ...]:
    """Return what the marks in a run of the document stand for, in order, each once."""
    raw = document.text[start:end]
    noted, numbered = _tables(document.text, document.markup)
    found = [noted[match[1]] for match in _MARK.finditer(raw) if match[1] in noted]
    marks = [match[1] or match[2] for match in _LINKED.finditer(raw)]
    marks += [number for match in _PRINTED.finditer(raw) for number in _range(match[1])]
    found += [numbered[int(mark)] for mark in marks if int(mark) in numbered]
    return tuple(dict.fromkeys(text for text in found if text))


def _range(marks: str) -> list[str]:
    """Return the numbers in `1,3-5`."""
    numbers: list[str] = []
    for part in re.split(r"\s?[,，、]\s?", marks):
        ends = [int(end) for end in re.split(r"\s?[–~～-]\s?", part)]
        numbers += [str(number) for number in range(ends[0], min(ends[-1], ends[0] + 50) + 1)]
    return numbers


@lru_cache(maxsize=4)
def _tables(text: str, markup: Markup) -> tuple[Mapping[str, str], Mapping[int, str]]:
    """Return the references of a document by footnote name and by number."""
    noted = {m[1]: _read(m[2], markup) for m in _DEFINITION.finditer(text)}
    numbered: dict[int, str] = {}
    heads = (m.end() for m in _HEADING.finditer(text) if is_listed(m[1], "references"))
    for match in _NUMBERED.finditer(text, next(heads, len(text))):
        numbered.setdefault(int(match[1] or match[2]), _read(match[3], markup))
    return noted, numbered


def _read(raw: str, markup: Markup) -> str:
    return _BACK_LINKS.sub("", plain(raw, markup).replace("\n", " "))[:_LONGEST]
