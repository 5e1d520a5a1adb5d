"""Telling the text of a page from what surrounds it; the words are in `boilerplate.toml`."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from embeddings.datafiles import table
from embeddings.documents import Markup
from embeddings.errors import CatalogueInvalid
from embeddings.text.scripts import weight

__all__ = ["forbids_changes", "invites", "is_abstract", "is_furniture", "is_listed", "words"]

_LISTS = {
    "skip", "references", "line_labels", "abstract", "authors", "funding", "call_to_action",
    "hatnotes", "notices", "no_derivatives", "of_itself",
}  # fmt: skip
_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[一二三四五六七八九十]{1,3}、)\s+|^[\W_]+|[\W_]+$"
)
_URL_ONLY = re.compile(r"\W{0,5}(?:(?:https?:)?//|www\.)\S+\W{0,5}")
_LINK = re.compile(
    r"(?<!!)\[(?!!\[)((?:[^\[\]]|\[[^\[\]]{0,200}\]){0,500})\]\((?:[^()\n]|\([^()\n]{0,500}\)){0,3000}\)"
    r"|<a\s[^<>]{0,2000}>(.{0,500}?)</a\s*>",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")
_MOSTLY = 0.8  # of the letters are in links: a list of links, not text with links
_NAVIGATION = 20.0  # Chinese characters; one link may be the text of a longer line
_HATNOTE = 40.0
_NOTICE = 80.0
_CALL = 12.0  # Chinese characters; a longer line is no button


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """Return the lists of `boilerplate.toml`; raises `CatalogueInvalid` if one is missing."""
    lists = table(__file__, "boilerplate.toml")
    if set(lists) != _LISTS or not all(isinstance(entry, list) for entry in lists.values()):
        raise CatalogueInvalid(f"boilerplate.toml must hold exactly the lists {sorted(_LISTS)}")
    return {name: tuple(str(word) for word in entry) for name, entry in lists.items()}


@cache
def _normalised(name: str) -> frozenset[str]:
    return frozenset(_key(word) for word in words()[name])


def _key(heading: str) -> str:
    folded = unicodedata.normalize("NFKC", heading).casefold().strip()
    return re.sub(r"\s+", " ", _NUMBER.sub("", _NUMBER.sub("", folded))).strip()


def is_listed(heading: str, name: str) -> bool:
    """Say whether a heading or label is in the list `name`."""
    key = _key(heading)
    return key in _normalised(name) or key.replace(" ", "") in _normalised(name)


def is_abstract(path: tuple[str, ...]) -> bool:
    """Say whether a section is an abstract of its document."""
    return bool(path) and is_listed(path[-1], "abstract")


def is_furniture(raw: str, text: str, markup: Markup, kind: str) -> bool:
    """Say whether a block, read as `text`, is an address, navigation or a list of links."""
    if not _WORD.search(text) or _URL_ONLY.fullmatch(text):
        return True
    if markup == "text":
        return False
    if _is_notice(text):
        return True
    linked = sum(_letters(match[1] or match[2] or "") for match in _LINK.finditer(raw))
    if linked < _MOSTLY * _letters(text):
        return False
    return kind != "paragraph" or weight(text) <= _NAVIGATION or text.count("\n") > 1


def _is_notice(text: str) -> bool:
    """Say whether a short block points to another page, or speaks of the state of this one."""
    folded = text.casefold()
    if weight(text) <= _HATNOTE and folded.startswith(words()["hatnotes"]):
        return True
    return weight(text) <= _NOTICE and any(phrase in folded for phrase in words()["notices"])


def _letters(text: str) -> int:
    return len(_WORD.findall(text))


def invites(text: str) -> bool:
    """Say whether a line is a button or another call to do something on the site."""
    if weight(text) > _CALL:
        return False
    folded = text.casefold()
    return any(phrase.casefold() in folded for phrase in words()["call_to_action"])


def forbids_changes(text: str) -> bool:
    """Say whether a block of a page states that the page must not be changed."""
    folded = text.casefold()
    found = (any(word.casefold() in folded for word in words()[name]) for name in _CONDITIONS)
    return all(found)


_CONDITIONS = ("no_derivatives", "of_itself")
