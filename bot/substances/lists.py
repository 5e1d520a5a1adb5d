"""Lists of names as people write them: in rows of tables, in brackets, in running text."""

import re
from collections.abc import Iterator
from functools import cache

from embeddings.datafiles import table

__all__ = ["is_name", "listed", "tidy", "variants"]

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z\u0370-\u03ff]")
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_BEHIND = re.compile(r"^(.+?)\s*[(（]([^()（）]*)[)）]\W*$")
_MARKS = re.compile(r"\[[^\[\]]{0,20}\]")
_SPLIT = re.compile(
    r"\s*(?:[、；;，/|]|,(?=\s|[\u3400-\u9fff])|(?<=[\u3400-\u9fff]),"
    r"|(?<=[\w\s)）])(?:以及|[和或及与])(?=[\w\s])|\s(?:and|or)\s)\s*"
)
# What leads to a name in running text, and what it trails off in.
_BEFORE = re.compile(
    r"^(?:以及|多种|或者?|[和及与]|也|又|亦|常|通常|一般|经常|有时|简|俗|被|缩写|简写|称为?|叫做?|为|是|作"
    r"|名称|有|就是|大家熟知的|以|品牌名称?|通俗地|非正式地|错误地|更常见的|英文|英语|学名|商品名|原名|旧称"
    r"|the\b|also\b|known as\b|called\b|[：: ])+"
)
_AFTER = re.compile(
    r"(?:[呢嘛喵哦呀啦]|等|(?:销售|出售|闻名|著称|为人所知)|等等|之一|的药物|的化合物|类药物)+$"
)
_QUOTES = "\"'“”‘’「」『』《》*_ 　.。"
_LONGEST_LATIN, _LONGEST_HAN = 40, 12


@cache
def _notes() -> frozenset[str]:
    return frozenset(table(__file__, "pages.toml")["notes"])


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
    for part in _SPLIT.split(behind[2]) if behind else ():
        other = _plainly(part)
        if bool(_HAN.search(other)) != bool(_HAN.search(main)):
            yield other


def _plainly(text: str) -> str:
    """Return a name in running text without the words around it."""
    return tidy(_AFTER.sub("", _BEFORE.sub("", tidy(text))))


def listed(value: str) -> list[str]:
    """Return the names of a row of a table, separators inside brackets left alone."""
    masked = _BRACKETS.sub(lambda match: match[0].translate(_INSIDE), value)
    parts = (_plainly(part.translate(_OUTSIDE)) for part in _SPLIT.split(masked))
    return [name for part in parts for name in variants(part) if is_name(name)]


_INSIDE = str.maketrans("、，,;；/|", "\ue000\ue001\ue002\ue003\ue004\ue005\ue006")
_OUTSIDE = str.maketrans("\ue000\ue001\ue002\ue003\ue004\ue005\ue006", "、，,;；/|")
