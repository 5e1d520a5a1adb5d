"""Lists of names as people write them: in rows of tables, in brackets, in running text."""

import re
from collections.abc import Iterator
from functools import cache

from bot.vocabulary.matching import alternatives
from embeddings.datafiles import table

__all__ = ["is_name", "listed", "tidy", "variants"]

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z\u0370-\u03ff]")
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_BEHIND = re.compile(r"^(.+?)\s*[(（]([^()（）]*)[)）]\W*$")
_MARKS = re.compile(r"\[[^\[\]]{0,20}\]")
_QUOTES = "\"'“”‘’「」『』《》*_ 　.。"
_LONGEST_LATIN, _LONGEST_HAN = 40, 12


@cache
def _notes() -> frozenset[str]:
    return frozenset(table(__file__, "pages.toml")["notes"])


@cache
def _split() -> re.Pattern[str]:
    """Return what stands between the names of a list."""
    words = table(__file__, "pages.toml")
    return re.compile(
        r"\s*(?:[、；;，/|]|,(?=\s|[\u3400-\u9fff])|(?<=[\u3400-\u9fff]),"
        rf"|(?<=[\w\s)）])(?:{alternatives(words['and'])})(?=[\w\s])"
        rf"|\s(?:{alternatives(words['and_english'])})\s)\s*"
    )


@cache
def _before() -> re.Pattern[str]:
    """Return what leads to a name in running text."""
    words = table(__file__, "pages.toml")
    english = alternatives(words["leads_english"])
    return re.compile(rf"^(?:{alternatives(words['leads'])}|(?:{english})\b|[：: ])+")


@cache
def _after() -> re.Pattern[str]:
    """Return what a name trails off in."""
    return re.compile(rf"(?:{alternatives(table(__file__, 'pages.toml')['trails'])})+$")


def tidy(name: str) -> str:
    """Return a name without the quotes and marks around it."""
    return name.strip(_QUOTES + "，,、;；:：-–—")


def is_name(name: str) -> bool:
    """Whether a run of words may be a name: not too long, and no sentence."""
    han = len(_HAN.findall(name))
    if not name or (not han and not _LATIN.search(name)):
        return False
    if han > _LONGEST_HAN or len(name) > _LONGEST_LATIN or name.count(" ") > 3:
        return False
    return name.casefold() not in _notes()


def variants(text: str) -> Iterator[str]:
    """Yield a name and what stands in brackets behind it, where that is written otherwise.

    `思诺思（Stilnox，原研药商品名）` is two names; `芦竹（植物学）` is one.
    """
    text = _MARKS.sub("", text)
    behind = _BEHIND.match(text)
    main = tidy(behind[1] if behind else text)
    yield main
    for part in _split().split(behind[2]) if behind else ():
        other = _plainly(part)
        if bool(_HAN.search(other)) != bool(_HAN.search(main)):
            yield other


def _plainly(text: str) -> str:
    """Return a name in running text without the words around it."""
    return tidy(_after().sub("", _before().sub("", tidy(text))))


def listed(value: str) -> list[str]:
    """Return the names of a row of a table, separators inside brackets left alone."""
    masked = _BRACKETS.sub(lambda match: match[0].translate(_INSIDE), value)
    parts = (_plainly(part.translate(_OUTSIDE)) for part in _split().split(masked))
    return [name for part in parts for name in variants(part) if is_name(name)]


_INSIDE = str.maketrans("、，,;；/|", "\ue000\ue001\ue002\ue003\ue004\ue005\ue006")
_OUTSIDE = str.maketrans("\ue000\ue001\ue002\ue003\ue004\ue005\ue006", "、，,;；/|")
