"""The names that the pages of a corpus give for what they are about.

A wiki knows more substances, brands and street names than any list that ships. Each page says in
its title, its table of facts and its first sentence how its subject is called; what is read there
when the corpus is ingested is stored with it and used beside the curated names.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.substances.kinds import labels, subject
from bot.substances.leads import names_led_to
from bot.substances.lists import is_name, listed, tidy, variants
from bot.substances.pictures import pictured
from bot.substances.references import referred_to
from bot.vocabulary.matching import alternatives
from embeddings.datafiles import table
from embeddings.documents import Document, Passage

__all__ = ["Findings", "findings"]

_RAISED = re.compile(r"\^[^^\n]{1,40}\^")
_ROW = re.compile(r"^(?:[-*] )?([^|：:\n]{2,24}?)\s*(?:\||：|:)\s*(.{1,400})$", re.MULTILINE)


def _rows(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """Yield label and value of the rows of tables and lists, the label as it is compared."""
    for passage in passages:
        for match in _ROW.finditer(passage.text):
            yield tidy(match[1]).casefold().replace(" ", ""), match[2]


@cache
def _namespace() -> re.Pattern[str]:
    """Return what a wiki writes before the title of a page of another kind: `讨论：`."""
    words = alternatives(table(__file__, "pages.toml")["namespaces"])
    return re.compile(rf"^(?:{words})\s*[:：]\s*", re.IGNORECASE)


@cache
def _site() -> re.Pattern[str]:
    """Return the name of the wiki itself behind a title: ` | OverdoseWiki`."""
    words = alternatives(table(__file__, "pages.toml")["sites"])
    return re.compile(rf"\s[|–—-]\s\S*(?:{words})\s*$", re.IGNORECASE)


def _headline(text: str) -> list[str]:
    """Return the title that the front matter states."""
    found = re.match(r"\ufeff?\s*---[ \t]*\n(?:[^\n]*\n){0,8}?title:[ \t]*([^\n]{1,80})\n", text)
    return [found[1].strip("'\" ")] if found else []


def _titles(document: Document) -> list[str]:
    given = [document.title, *document.titles.values(), *_headline(document.text)]
    found = [name for title in given for name in variants(_bare(title))]
    return [name for name in dict.fromkeys(found) if is_name(name)]


def _bare(title: str) -> str:
    """Return a title without what a wiki writes above the line, before it, and its own name."""
    return _site().sub("", _namespace().sub("", _RAISED.sub("", title)))


@dataclass(frozen=True, slots=True)
class Findings:
    """What one page says about its subject: the names in its title and all others, its classes.

    `stated` are those of `others` that stand in its table of facts. `of_substance` is false for
    a page about anything else: an idea, a law, a first-aid measure. `known` is the curated
    substance that it is about, empty where it is about one that is not.
    """

    document: str
    titles: tuple[str, ...]
    others: tuple[str, ...]
    classes: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    of_substance: bool = True
    known: str = ""


def findings(
    document: Document, passages: Sequence[Passage], fit: Callable[[str], bool]
) -> Findings:
    """Read what a page calls its subject; `passages` are all of its own, withheld ones too.

    `fit` says whether a run of words may be shown, and so be a name: an amount is none.
    """
    titles = [title for title in _titles(document) if fit(title)]
    rows: dict[str, list[str]] = defaultdict(list)
    for label, value in _rows(passages):
        rows[label].append(value)
    told = [*names_led_to(passages, titles), *referred_to(document.text)]
    lead = [name for name in told if is_name(name) and fit(name)]
    about = subject(titles, rows, passages, stated=not document.untitled)
    if about is None:
        names = tuple(dict.fromkeys(lead))
        return Findings(document.id, tuple(titles), names, of_substance=False)
    stated = tuple(filter(fit, _values(rows, "names")))
    others = dict.fromkeys([*stated, *filter(fit, pictured(document.text)), *lead])
    classes = tuple(dict.fromkeys(filter(fit, _values(rows, "classes"))))
    return Findings(document.id, tuple(titles), tuple(others), classes, stated, known=about)


def _values(rows: Mapping[str, Sequence[str]], kind: str) -> list[str]:
    """Return what the rows with labels of one kind list, in the order of the page."""
    values = (value for label in rows if label in labels()[kind] for value in rows[label])
    return [name for value in values for name in listed(value)]
