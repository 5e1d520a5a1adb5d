"""Telling the text of a page from what surrounds it; the words are in `boilerplate.toml`."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from embeddings.datafiles import table
from embeddings.documents import Markup
from embeddings.errors import CatalogueInvalid
from embeddings.text.scripts import HAN, weight
from embeddings.text.sentences import sentences

__all__ = [
    "endangers", "forbids_changes", "is_abstract", "is_furniture", "is_listed", "is_prose",
    "linked", "offers", "words",
]  # fmt: skip

_LISTS = {
    "skip", "prose_stays", "reports", "danger", "notice_of", "references", "line_labels",
    "abstract", "authors", "funding", "call_to_action", "offers", "hatnotes", "notices",
    "no_derivatives", "of_itself",
}  # fmt: skip
_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[一二三四五六七八九十]{1,3}、)\s+|^[\W_]+|[\W_]+$"
)
_URL_ONLY = re.compile(r"\W{0,5}(?:(?:https?:)?//|www\.)\S+\W{0,5}")
_LINK = re.compile(
    r"(?<!!)\[(?!!\[)((?:[^\[\]]|\[[^\[\]]{0,200}\]){0,500})\]\((?:[^()\n]|\([^()\n]{0,500}\)){0,3000}\)"
    r"|<a\s[^<>]{0,2000}>(.{0,500}?)</a\s*>|\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")
_MOSTLY = 0.8  # of the letters are in links: a list of links, not text with links
_NAVIGATION = 20.0  # Chinese characters; one link may be the text of a longer line
_HATNOTE = 40.0
_NOTICE = 80.0
_CALL = 12.0  # Chinese characters; a longer line is no button
_SENTENCE = re.compile(r"[。！？!?]|\w\w[.](?:\s|$)")
_HAN = re.compile(f"[{HAN}]")
_SAID_HAN = 6
_GRAMMAR = re.compile(
    r"\b(?:are|be|can|cause[sd]?|do|has|have|is|it|may|must|not|that|they|this|was|were|when|will|you)\b",
    re.IGNORECASE,
)
# Signs of a reference: an address, a year beside a mark, kinds of works, a name with initials.
_CITES = re.compile(
    r"https?://|\bwww\.|\bdoi\b|\b10\.\d{4,9}/|\[[JMDCNRZPS](?:/OL)?\]|\bet al\b|\bISBN\b|\bPMID\b"
    r"|\bPMC\d|\b[Rr]etrieved\b|\b[Aa]ccessed\b|出版社|检索于|访问日期|日检索|↑|^\s*\^|\bop\. cit\b"
    r"|[(（,，;；.．:： ](?:19|20)\d\d[a-z]?[)）,，;；.:：]|\(#(?:cite|ref|fn)"
    r"|\b[A-Z][^\W\d_]+,? (?:[A-Z]\.?[ -]?){1,3}[,.;&]",
)
_ITEM_NUMBER = re.compile(r"\s*(?:[\[［]?\d{1,3}[.)\]］、]|<li\b)")
_LEADS_AWAY = re.compile(r"\s*(?:[*+-]\s+)?(?:\[|<li[^<>]{0,200}>\s*<a\b|<a\b)")
_TELEPHONE = re.compile(r"\btel:")


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
    danger = endangers(text)
    if not danger and all(map(_invites, text.split("\n"))):
        return True
    if markup == "text":
        return False
    if not danger and _is_notice(text):
        return True
    if not _is_linked(raw, text) or (danger and (_SENTENCE.search(text) or _TELEPHONE.search(raw))):
        return False
    return kind != "paragraph" or weight(text) <= _NAVIGATION or text.count("\n") > 1


def linked(raw: str) -> int:
    """Return how many letters of a run are the text of links."""
    return sum(_letters(match[1] or match[2] or match[3] or "") for match in _LINK.finditer(raw))


def _is_linked(raw: str, text: str) -> bool:
    return linked(raw) >= _MOSTLY * _letters(text)


def endangers(text: str) -> bool:
    """Say whether a run tells of danger or of what to do in it: it is never left out for words."""
    return _holds(text, "danger")


def is_prose(raw: str, text: str, heading: str) -> bool:
    """Say whether a block under a heading of the list `skip` is text all the same.

    Under Notes or Sources that is every sentence that cites nothing; under the names of authors
    and the like only what tells of danger. A report of somebody's own is none.
    """
    if is_listed(heading, "reports") or _CITES.search(raw) or _is_linked(raw, text):
        return False
    if not _SENTENCE.search(text) or _is_notice(text):
        return False
    if is_listed(heading, "references") and _ITEM_NUMBER.match(raw):
        return False
    if endangers(text):
        return True
    return is_listed(heading, "prose_stays") and _is_said(text) and not _LEADS_AWAY.match(raw)


def _is_said(text: str) -> bool:
    """A sentence has words that are no names: some of grammar, or many Chinese characters."""
    return len(_HAN.findall(text)) >= _SAID_HAN or bool(_GRAMMAR.search(text))


def _is_notice(text: str) -> bool:
    """Say whether a short block points to another page, or speaks of the state of this one.

    Of the second kind every sentence must be such a notice, and the first name the page.
    """
    folded = text.casefold()
    said = [folded[start:end] for start, end in sentences(folded)]
    if len(said) == 1 and weight(text) <= _HATNOTE and folded.startswith(words()["hatnotes"]):
        return True
    if weight(text) > _NOTICE or not said or not _holds(said[0], "notice_of"):
        return False
    return all(_holds(each, "notices") for each in said)


def _holds(text: str, name: str) -> bool:
    folded = text.casefold()
    return any(phrase in folded for phrase in words()[name])


def _letters(text: str) -> int:
    return len(_WORD.findall(text))


def _invites(line: str) -> bool:
    """Say whether a line is a button or another call to do something on the site."""
    return weight(line) <= _CALL and _holds(line, "call_to_action")


def offers(line: str) -> bool:
    """Say whether a line is a button that sells something or gives it away."""
    return weight(line) <= _CALL and _holds(line, "offers") and not endangers(line)


def forbids_changes(text: str) -> bool:
    """Say whether a block of a page states that the page must not be changed."""
    folded = text.casefold()
    found = (any(word.casefold() in folded for word in words()[name]) for name in _CONDITIONS)
    return all(found)


_CONDITIONS = ("no_derivatives", "of_itself")
