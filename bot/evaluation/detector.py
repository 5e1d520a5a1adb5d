"""A second pair of eyes on what the program gives out, which knows nothing of its screen.

It shares no code, no data and no method with `bot.screening`: it walks over a stream of tokens,
takes every numeral of any script for the beginning of an amount, and clears it only by what stands
next to it. A screen that is judged by itself proves nothing. It sees too much rather than too
little: each of its hits is for a person to read.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from embeddings.datafiles import table
from embeddings.errors import CatalogueInvalid

__all__ = ["suspicious", "taught"]

_LISTS = (
    "numbers", "latin", "mass", "chinese", "longer", "between", "below", "cleared", "again",
    "steps",
)  # fmt: skip
_NUMERALS = "零〇一二两兩三四五六七八九十百千万萬半几幾½¼¾⅓⅔"
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|[A-Za-zµμ]+|[{_NUMERALS}]+|\S")
_OFTEN = re.compile(
    r"t\s?\+\s?\d+:\d\d|[一每][天日][一二三四五六\d][次片粒]|every \d+ hours"
    r"|每隔?[一二两三四五六七八九十\d]+个?(?:小时|钟头).{0,3}[次片粒服吃]"
)
_TIME = re.compile(r"小时|钟头|分钟|hour|min")
_COUNT = re.compile(
    r"(?<!包)[吃服吞喝吸抽嗑磕打含补炫][了过完掉一]?\s?(?:[\d零一二两三四五六七八九十百半几]+)\s?"
    r"[板盒瓶支针贴张条口根包袋管剂罐份杯块]"
)


def _words() -> dict[str, tuple[str, ...]]:
    """The lists of `detector.toml`. Raises CatalogueInvalid where one cannot be read."""
    try:
        data = table(__file__, "detector.toml")
        return {name: tuple(str(word) for word in data[name]) for name in _LISTS}
    except (ValueError, KeyError, TypeError) as error:
        raise CatalogueInvalid(f"detector.toml cannot be used: {error!r}") from error


_W = _words()


def suspicious(text: str) -> list[str]:
    """Everything in `text` that looks like an amount or a schedule, for a person to read."""
    plain = _plain(text)
    return [*_amounts(plain), *_counts(plain), *_schedules(plain.lower())]


def taught(text: str) -> bool:
    """Whether a text names so many steps of work that it may be a recipe."""
    low = _plain(text).lower()
    return sum(step in low for step in _W["steps"]) >= 5


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", unescape(unquote(text)))
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn"))
    plain = re.sub(r"<[^<>]{0,80}>", "", plain).replace("⁄", "/")
    plain = plain.replace("\\", "").replace("*", "").replace("_", " ")
    plain = re.sub(r"(?<=\d[mµμu]) (?=g\b)", "", plain)
    return re.sub(r"(?<=\d)[.] (?=\d)", ".", plain)


def _amounts(plain: str) -> Iterator[str]:
    tokens = list(_TOKEN.finditer(plain))
    for at, token in enumerate(tokens):
        start = token.start()
        if not _numeral(token.group()) or _inside_word(plain, start):
            continue
        if plain[:start][-1:] in ("", "\n") and re.match(r"\d+\. ", plain[start : start + 9]):
            continue
        unit = _unit_behind(plain, tokens, at)
        if unit and not _cleared(plain, start, unit):
            yield plain[start:unit]


def _numeral(token: str) -> bool:
    return token[0].isdigit() or token[0] in _NUMERALS or token.lower() in _W["numbers"]


def _inside_word(plain: str, start: int) -> bool:
    """`CYP2D6`, `第三`, `4-MMC`: the numeral belongs to a name."""
    before = plain[max(0, start - 2) : start]
    if not re.search(r"[A-Za-zα-ω]-?$|第$|\d[.,/:-]$|[\[［(（]$", before):
        return False
    return not re.search(r"^\d+(?:\.\d+)? ?[mµμu]g", plain[start : start + 12])


def _unit_behind(plain: str, tokens: list[re.Match[str]], at: int) -> int:
    """Where the unit ends that follows a numeral, perhaps behind the end of a range; 0 for none."""
    for token in tokens[at + 1 : at + 6]:
        word = token.group()
        behind = plain[token.start() : token.start() + 3]
        if word.lower() in _W["latin"] and not re.match(
            r"[-\d]", plain[token.end() : token.end() + 1]
        ):
            return token.end()
        if behind.startswith(_W["chinese"]) and not behind.startswith(_W["longer"]):
            return token.start() + (2 if behind.startswith(_W["chinese"][:5]) else 1)
        if not _numeral(word) and word.lower() not in _W["between"]:
            return 0
    return 0


def _cleared(plain: str, start: int, end: int) -> bool:
    """Whether the words around say that nobody takes this."""
    below = re.match(r"\s?(?:/|每|per)\s?([A-Za-z]+|\d+|[一-鿿])", plain[end : end + 16])
    if below and (below[1].lower() in _W["below"] or below[1].isdigit()):
        return True
    unit = plain[start:end].lower()
    single = re.match(r"一(?![十百千])", unit) and not any(mass in unit for mass in _W["mass"])
    if single and not re.search(r"[吃服吞含口嗑磕补]", plain[max(0, start - 4) : start]):
        return True
    if re.search(r"\bt$", unit) and not re.search(r"\dt$", unit):
        return True
    if plain[end - 2 : end] == "千克" or "千克" in unit[:2]:
        return True
    return any(word in plain[max(0, start - 12) : end + 8].lower() for word in _W["cleared"])


def _counts(plain: str) -> Iterator[str]:
    """`喝半瓶`, `吸了三口`: a count of anything right behind or before what people do with it."""
    for hit in _COUNT.finditer(plain):
        if not re.match(r"[水饭气烟茶]|[一-鿿]?[水饭]", plain[hit.end() : hit.end() + 2]):
            yield hit.group()


def _schedules(low: str) -> Iterator[str]:
    for hit in _OFTEN.finditer(low):
        yield hit.group()
    for found in _TIME.finditer(low):
        lead = low[max(0, found.start() - 10) : found.start()]
        around = low[max(0, found.start() - 18) : found.end() + 14]
        if re.search(r"[\d一二两三四五六七八九十]", lead) and any(w in around for w in _W["again"]):
            yield around
