"""What the head of an article in plain text states: titles, authors, year, DOI."""

import re

from embeddings.readers.headings import Heading
from embeddings.text.boilerplate import is_listed
from embeddings.text.language import detect
from embeddings.text.scripts import weight

__all__ = ["authors", "doi", "end", "titles", "year"]

_DOI = re.compile(
    r"\bdoi\W{1,6}(?:https?://doi\.org/)?(10\.[ ]?\d{4,9}/[^\s\"<>，；。）)]{2,100})", re.IGNORECASE
)
_CITED = re.compile(r"\b((?:19|20)\d{2})\b[^\n]{0,40}?;\s?\d{1,4}\s?(?:\([\w-]{1,9}\))?\s?:")
_AUTHOR = re.compile(r"\s*[,，、;；]\s*|\s+and\s+")
_LABELS = ("abstract", "authors", "line_labels")
_SHORTEST_TITLE = 12.0  # Chinese characters; the name of a site or a journal is shorter
_LONGEST_TITLE = 100.0  # a paragraph of text is longer
_LONGEST_NAME = 60


def end(marks: tuple[Heading, ...]) -> int:
    """Return where the first label of an article stands, above which is its title, else 0."""
    return next((mark.start for mark in marks if _is_label(mark)), 0)


def _is_label(mark: Heading) -> bool:
    return any(is_listed(mark.name, name) for name in _LABELS)


def titles(text: str, marks: tuple[Heading, ...]) -> dict[str, str]:
    """Return the longest line above the first label in each language, without its full stop."""
    found: dict[str, str] = {}
    for line in text[: end(marks)].split("\n"):
        title = line.strip().rstrip(".。")
        if _SHORTEST_TITLE <= weight(title) <= _LONGEST_TITLE:
            language = detect(title)
            found[language] = max(found.get(language, ""), title, key=len)
    return found


def authors(text: str, marks: tuple[Heading, ...]) -> tuple[str, ...]:
    """Return the names on the line below a label for authors."""
    for i, mark in enumerate(marks):
        if is_listed(mark.name, "authors"):
            until = marks[i + 1].start if i + 1 < len(marks) else len(text)
            line = text[mark.end : until].strip().split("\n")[0]
            names = [name.strip(" .*#") for name in _AUTHOR.split(line)]
            return tuple(name for name in names if 0 < len(name) <= _LONGEST_NAME)
    return ()


def _labelled(text: str, marks: tuple[Heading, ...]) -> str:
    """Return the head: to the last label and the lines below it, so that no reference is read."""
    last = max((mark.end for mark in marks if _is_label(mark)), default=0)
    return text[: last + 300] if last else text[:500]


def doi(text: str, marks: tuple[Heading, ...]) -> str | None:
    """Return the DOI that the head gives."""
    found = _DOI.search(_labelled(text, marks))
    return found[1].replace(" ", "").rstrip(".") if found else None


def year(text: str, marks: tuple[Heading, ...]) -> int | None:
    """Return the year of a citation such as `2024 Dec 20;25(24):13658` in the head."""
    found = _CITED.search(_labelled(text, marks))
    return int(found[1]) if found else None
