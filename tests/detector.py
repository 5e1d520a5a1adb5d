"""A second detector of amounts, for reading what the program gives out.

It shares no code, no data and no method with `bot.doses`: it walks over a stream of tokens,
takes every numeral of any script for the beginning of an amount, and clears it only by what
stands next to it. A screen that is judged by itself proves nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

__all__ = ["suspicious", "taught"]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-zµμ]+|[零〇一二两兩三四五六七八九十百千万萬半几幾]+|\S")
_WORDS = {
    "half",
    "quarter",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "eight",
    "ten",
    "twenty",
    "fifty",
    "hundred",
}
_LATIN = {
    "mg",
    "mgs",
    "mcg",
    "ug",
    "μg",
    "µg",
    "g",
    "gr",
    "gram",
    "grams",
    "milligram",
    "milligrams",
    "microgram",
    "micrograms",
    "ml",
    "mls",
    "cc",
    "iu",
    "oz",
    "ounce",
    "ounces",
    "mic",
    "mics",
    "t",
    "tab",
    "tabs",
    "tablet",
    "tablets",
    "pill",
    "pills",
    "capsule",
    "capsules",
    "caps",
    "drop",
    "drops",
    "line",
    "lines",
    "bump",
    "bumps",
    "hit",
    "hits",
    "puff",
    "puffs",
    "shot",
    "shots",
    "teaspoon",
    "teaspoons",
    "bar",
    "bars",
}
_MASS = {"mg", "mcg", "ug", "μg", "µg", "ml", "gram", "grams", "milligrams"}
_HAN = (
    "毫克",
    "微克",
    "公克",
    "毫升",
    "克",
    "片",
    "颗",
    "顆",
    "粒",
    "锭",
    "錠",
    "勺",
    "滴",
    "瓶盖",
)
_LONGER = [
    "克服",
    "克隆",
    "克量",
    "克拉",
    "克林",
    "克里",
    "克制",
    "克罗",
    "克霉",
    "克莱",
    "片段",
    "片面",
    "片区",
    "粒子",
    "粒体",
    "粒细胞",
    "滴定",
    "片刻",
    "片状",
    "片中",
    "滴度",
    "滴答",
    "粒度",
    "勺子",
    "片式",
]
_BETWEEN = {
    "-–—~～〜到至to",
    "and",
    "和",
    "或",
    "or",
    "、",
    ",",
    "，",
    "(",
    "（",
    ")",
    "）",
    "多",
    "余",
    "来",
    "约",
    "+",
    "×",
    "x",
    "以",
    "上",
    "下",
    "左",
    "右",
    ".",
}
_BELOW = {"mol", "l", "ml", "dl", "min", "cm", "m", "摩", "升", "毫", "分"}
_NEAR = [
    "膀胱",
    "尿",
    "血",
    "浓度",
    "溶",
    "摩尔",
    "分子",
    "缴获",
    "持有",
    "查获",
    "密度",
    "走私",
    "非刑事",
    "潮气",
    "bladder",
    "urine",
    "plasma",
    "serum",
    "seized",
    "possession",
    "solub",
]
_AGAIN = [
    "补药",
    "补吸",
    "追加",
    "再服",
    "再吃",
    "再次给药",
    "重复给药",
    "redose",
    "another",
    "dose",
    "second",
    "dose",
    "take",
    "again",
    "一次服",
    "次服用",
]
_OFTEN = re.compile(
    r"t\s?\+\s?\d+:\d\d|[一每][天日][一二三四五六\d][次片粒]|every \d+ hours"
    r"|每隔?[一二两三四五六七八九十\d]+个?(?:小时|钟头).{0,3}[次片粒服吃]"
)
_TIME = ("小时", "钟头", "分钟", "hour", "min")
_STEPS = [
    "加入",
    "搅拌",
    "过滤",
    "蒸发",
    "萃取",
    "重结晶",
    "回流",
    "滴加",
    "碱化",
    "酸化",
    "分液",
    "洗涤",
    "干燥",
    "播种",
    "浇水",
    "施肥",
    "接种",
    "灭菌",
    "reflux",
    "distill",
    "evaporate",
    "filter",
    "dropwise",
    "stir",
]


def suspicious(text: str) -> list[str]:
    """Everything in `text` that looks like an amount or a schedule, for a person to read."""
    plain = _plain(text)
    return [*_amounts(plain), *_counts(plain), *_schedules(plain)]


def taught(text: str) -> bool:
    """Whether a text names so many steps of work that it may be a recipe."""
    low = _plain(text).lower()
    return sum(step in low for step in _STEPS) >= 5


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", unescape(unquote(text)))
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn"))
    plain = re.sub(r"<[^<>]{0,80}>", "", plain).replace("⁄", "/")
    plain = plain.replace("\\", "").replace("*", "").replace("_", " ")
    return re.sub(r"(?<=\d)[.] (?=\d)", ".", plain)


def _amounts(plain: str) -> Iterator[str]:
    tokens = list(_TOKEN.finditer(plain))
    for at, token in enumerate(tokens):
        if not _numeral(token.group()) or _inside_word(plain, token.start()):
            continue
        if re.match(r"\d+\. ", plain[token.start() :]) and plain[: token.start()][-1:] in (
            "",
            "\n",
        ):
            continue
        unit = _unit_behind(plain, tokens, at)
        if unit and not _cleared(plain, token.start(), unit):
            yield plain[token.start() : unit]


def _numeral(token: str) -> bool:
    return (
        token[0].isdigit()
        or token[0] in "零〇一二两兩三四五六七八九十百千万萬半几幾"
        or (token.lower() in _WORDS)
    )


def _inside_word(plain: str, start: int) -> bool:
    """`CYP2D6`, `第三`, `4-MMC`: the numeral belongs to a name."""
    before = plain[max(0, start - 2) : start]
    return bool(re.search(r"[A-Za-zα-ω]-?$|第$|\d[.,/:-]$|[\[［(（]$", before)) and not re.search(
        r"^\d+(?:\.\d+)? ?[mµμu]g", plain[start : start + 12]
    )


def _unit_behind(plain: str, tokens: list[re.Match[str]], at: int) -> int:
    """Where the unit ends that follows a numeral, perhaps behind the end of a range; 0 for none."""
    for token in tokens[at + 1 : at + 6]:
        word = token.group()
        behind = plain[token.start() : token.start() + 3]
        if word.lower() in _LATIN and not re.match(r"[-\d]", plain[token.end() : token.end() + 1]):
            return token.end()
        if behind.startswith(_HAN) and not behind.startswith(tuple(_LONGER)):
            return token.start() + (2 if behind.startswith(_HAN[:4]) else 1)
        if not _numeral(word) and word.lower() not in _BETWEEN:
            return 0
    return 0


def _cleared(plain: str, start: int, end: int) -> bool:
    """Whether the words around say that nobody takes this."""
    below = re.match(r"\s?(?:/|每|per)\s?([A-Za-z]+|\d+|[一-鿿])", plain[end:])
    if below and (below[1].lower() in _BELOW or below[1].isdigit()):
        return True
    unit = plain[start:end].lower()
    single = re.match(r"一(?![十百千])", unit) and not any(mass in unit for mass in _MASS)
    if single and not re.search(r"[吃服吞含口嗑磕补]", plain[max(0, start - 4) : start]):
        return True
    if re.search(r"\bt$", unit) and not re.search(r"\dt$", unit):
        return True
    if plain[end - 2 : end] == "千克" or "千克" in unit[:2]:
        return True
    return any(word in plain[max(0, start - 12) : end + 8].lower() for word in _NEAR)


def _counts(plain: str) -> Iterator[str]:
    """`喝半瓶`, `吸了三口`: a count of anything right behind or before what people do with it."""
    for hit in re.finditer(
        r"(?<!包)[吃服吞喝吸抽嗑磕打含补炫][了过完掉一]?\s?(?:[\d零一二两三四五六七八九十百半几]+)\s?"
        r"[板盒瓶支针贴张条口根包袋管剂罐份杯块]",
        plain,
    ):
        if not re.match(r"[水饭气烟茶]|[一-鿿]?[水饭]", plain[hit.end() : hit.end() + 2]):
            yield hit.group()


def _schedules(plain: str) -> Iterator[str]:
    low = plain.lower()
    for hit in _OFTEN.finditer(low):
        yield hit.group()
    for time in _TIME:
        for found in re.finditer(time, low):
            lead = low[max(0, found.start() - 10) : found.start()]
            around = low[max(0, found.start() - 18) : found.end() + 14]
            if re.search(r"[\d一二两三四五六七八九十]", lead) and any(w in around for w in _AGAIN):
                yield around
