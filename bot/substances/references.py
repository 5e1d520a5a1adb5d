"""What the reference works that a page links to call its subject.

Pages of a wiki end with links to the same subject in other works: `[丙氯拉嗪（Wikipedia）]
(https://en.wikipedia.org/wiki/Prochlorperazine)`. That is where a page in one language says how
its subject is called in another.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bot.vocabulary.matching import alternatives
from embeddings.datafiles import table

__all__ = ["referred_to"]

_LINK = re.compile(
    r"^[ \t]*[-*+][ \t]+\*{0,3}\[([^\[\]\n]{2,90})\]\((https?://[^\s()]+(?:\([^\s()]*\))?[^\s()]*)",
    re.MULTILINE,
)
_WORK = re.compile(r"\s*[(（][^()（）]{2,30}[)）]\W*$")


class _Link(NamedTuple):
    """A link to a reference work: its text, the name in which it ends, whether it says the work."""

    name: str
    end: str
    signed: bool


@cache
def _works() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the hosts of reference works, and those whose addresses end in the name too."""
    words = table(__file__, "pages.toml")
    return tuple(words["works"]), tuple(words["works_by_name"])


@cache
def _around() -> re.Pattern[str]:
    """Return what a link leads to beside its name: `Erowid Experience Vaults: X`, `X Reports`."""
    words = table(__file__, "pages.toml")
    before, behind = alternatives(words["link_before"]), alternatives(words["link_behind"])
    return re.compile(rf"^[^:：]{{3,30}}[:：]\s*|^(?:{before})\s.{{2,20}}\s-\s|\s*(?:{behind})$")


@cache
def _no_page() -> re.Pattern[str]:
    """Return what tells a link to a list or a guide."""
    words = table(__file__, "pages.toml")
    begins, ends = alternatives(words["list_begins"]), alternatives(words["list_ends"])
    anywhere = alternatives(words["guides"])
    return re.compile(rf"^(?:{begins})\b|(?:{ends})$|{anywhere}", re.IGNORECASE)


def referred_to(text: str) -> Iterator[str]:
    """Yield the names under which the reference works linked in a list have a page's subject.

    A work that is linked under several names is passed over, since not all of them are the
    subject's, unless one link alone says which work it leads to: `Psilocybe mexicana (Wikipedia)`.
    """
    found: dict[tuple[str, str], list[_Link]] = defaultdict(list)
    for match in _LINK.finditer(text):
        address = urlsplit(match[2])
        host = next((work for work in _works()[0] if address.netloc.endswith(work)), "")
        if not host:
            continue
        place = host, address.path.strip("/").split("/")[0]
        name = _around().sub("", _WORK.sub("", match[1])).replace("*", "").strip()
        end = _end(address.path) if host in _works()[1] else ""
        found[place].append(_Link(name, end, bool(_WORK.search(match[1]))))
    for links in found.values():
        signed = [link for link in links if link.signed] or links
        if len({link.name for link in signed}) == 1:
            yield from (n for n in signed[0][:2] if n and not _no_page().search(n))


def _end(path: str) -> str:
    """Return the name in which an address ends: `/wiki/Sage_(herb)` is Sage."""
    end = unquote(path).rstrip("/").rpartition("/")[2].replace("_", " ")
    return _WORK.sub("", end.rpartition(":")[2])
