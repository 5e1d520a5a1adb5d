"""What the pictures of a page are called: often its subject, in the other language."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from bot.vocabulary.english import words
from bot.vocabulary.ordinary import is_ordinary

__all__ = ["pictured"]

_PICTURE = re.compile(r"/([A-Za-z][A-Za-z0-9%()_\\-]{4,40})\.(?:svg|png|jpe?g|gif|webp)\b")
_IN_TABLE = re.compile(
    r"^\|[^\n]{0,80}?\(/?[^()\s]{0,40}?/([A-Za-z0-9][\w%,'\\-]{3,40})\.(?:svg|png|jpe?g|gif|webp)\b",
    re.MULTILINE,
)
_TOP = re.compile(r".{,3000}?(?=\n##|\Z)|.{3000}", re.DOTALL)
"""The table of facts stands before the first section."""

_BEHIND = re.compile(
    r"[ -]*(?:\(.*|(?:skeletal|structure|molecule|formula|image|colou?red|[23]d|\d+(?:x\d+)?))$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-Z]{1,2}-|[\d,'N-]+-)?[A-Za-z][a-z]+(?:[ -][A-Za-z]{2,})*")

# So long must the name of a picture be, and so often stand on its page, to be the subject's name.
_PICTURED, _SPOKEN_OF = 6, 5
_LEAST, _MOST_WORDS = 4, 2


def pictured(text: str) -> Iterator[str]:
    """Yield the names of pictures that the page itself speaks of, and of the one in its table.

    `Tizanidine.png` stands often on its page; `N-methylcyclazodone.png` is the structure in the
    table of facts. A name that many pages have, of a warning sign, is sorted out where the names
    of all pages are compared.
    """
    for match in _PICTURE.finditer(text):
        stem = re.split(r"[_(%\\]", match[1])[0]
        if (
            len(stem) >= _PICTURED
            and not is_ordinary(stem, titled=True)
            and text.casefold().count(stem.casefold()) >= _SPOKEN_OF
        ):
            yield stem
    yield from _portrait(_TOP.match(text))


def _portrait(top: re.Match[str] | None) -> Iterator[str]:
    """Yield the name of the first picture in a table, where it is no English words."""
    for match in _IN_TABLE.finditer(top[0] if top else ""):
        name = re.sub(r"[_\\ ]+", " ", unquote(match[1])).strip()
        while (bare := _BEHIND.sub("", name)) != name:
            name = bare
        parts = re.findall(r"[a-z]{4,}", name.casefold())
        strange = any(part not in words() for part in parts)
        fits = _NAME.fullmatch(name) and len(name) >= _LEAST and name.count(" ") < _MOST_WORDS
        if strange and fits:
            yield name
            return
