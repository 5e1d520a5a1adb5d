"""The regular expressions of screening, built from the lists of `doses.toml`.

All are for normalised text in lower case (`normalise`). None can backtrack without bound: every
repetition is possessive or has a small limit.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.vocabulary.matching import alternatives

__all__ = [
    "HAN_NUMERALS",
    "HUNDREDS",
    "denominator",
    "number",
    "schedule",
    "unit",
    "unit_first",
    "whole",
]

HAN_NUMERALS = "零一二两三四五六七八九十百千万亿半几俩仨廿卅"
HUNDREDS = re.compile(r"[一二两三四五六七八九几]?[十百千](?!分之)")
"""The beginning of a numeral too large for a mere count: `两百五`, `十五`."""

_COUNT = (
    r"(?:\d{1,8}(?:\.\d{1,2})?(?: ?(?:[-~]|至|到|to|or) ?\d{1,8}(?:\.\d{1,2})?)?"
    rf"|[{HAN_NUMERALS}]{{1,8}}+(?:[至到][{HAN_NUMERALS}]{{1,8}}+)?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty"
    r"|forty-five|sixty|ninety|a few|a couple of|half an?|an?)"
)
_NEARBY = r"[^。!?;\n]{0,12}?"
_SPELLED = ("mg", "ml", "ug", "mcg")
_BELOW = (
    "kg", "g", "mg", "ml", "l", "dl", "h", "min", "d", "s", "mol", "m2", "m3", "lb", "磅", "体重",
    "次", "人", "dose", "week", "周", "晚", "night", "cm3", "平方米", "月",
)  # fmt: skip


def number(english: Iterable[str]) -> re.Pattern[str]:
    """A number: `0. 5`, `1 000`, `5 0`, `l00`, `2万`, `四分之一`, `half a`, `twenty-five`.

    The group that matched is its kind: digits, han or latin. The 50 of LD50 is none.
    """
    word = alternatives(english)
    digits = (
        r"(?!(?<=(?<![a-z])[lite][dc])50)(?<!(?<=(?<![a-z])[lite][dc])5)"
        r"(?:(?<![a-z0-9])[li](?=\d)|(?<![\da-z)])\.(?=\d))?"
        r"\d(?:\d|o(?=[\do]|[ ]?m|毫))*+"
        r"(?:(?:[ \n]?[.,·。'][ \n]?(?=\d)|e[+\-]?(?=\d)"
        r"|[ ](?=\d{3}(?!\d)|\d{1,2}/\d)|(?<=(?<!\d)\d)[ ](?=\d(?!\d)))\d++)*+"
        rf"(?:[ ]?[kw](?=[ ]?(?:mg|毫|ug|克))|(?!千克)[{HAN_NUMERALS}余多来]++|[ ]an?(?= [a-z]))?"
    )
    han = (
        rf"(?!千克)(?:(?<![a-z])(?:yi|liang|san|si|wu|liu|qi|ba|jiu|shi|ban)(?=[片颗粒克毫])"
        rf"|(?:数(?=[十百千万]))?[{HAN_NUMERALS}]++)"
        rf"(?:(?:点|分之|又|来|余|多)[{HAN_NUMERALS}]*+)*+"
    )
    latin = (
        rf"(?<![a-z])(?:point )?(?:{word})(?![a-z])"
        rf"(?:[ \-](?:and |point )?(?:of )?(?:an? )?(?:{word})(?![a-z])){{0,6}}+"
        r"(?: of)?(?: an?| the)?(?![a-z])"
    )
    return re.compile(f"(?P<digits>{digits})|(?P<han>{han})|(?P<latin>{latin})")


def unit(units: Mapping[str, Any], forms: Mapping[str, Any]) -> re.Pattern[str]:
    """What may stand right after a number; the group that matched says by which rule it counts."""
    glue = r"(?:以上|以下|左右|上下)?[ \n\-.,，:()\[\]\"'|+·/=~]{0,3}"
    tight = r"[ \n]?(?:[-~]|\+[ ]?)?"
    english = rf"(?:ish)?{tight}(?:(?<=[ \-])(?:{alternatives(units['adjectives_english'])}) )?"
    chinese = rf"{tight}(?:{alternatives(units['adjectives_chinese'])})?"
    ends, bound = "(?![a-z])", r"(?![a-z0-9]|-[^\d\s]|\.[a-z]|蛋白| protein)"
    rules = {
        "mass": rf"(?:{glue}|{english})(?:{_latin(units['latin'])}){ends}",
        "run": rf"(?:{alternatives(_SPELLED)})(?=[a-z])(?!lu)",
        "mass_zh": rf"{tight}{glue}(?:{alternatives(units['chinese'])})",
        "short": rf"{tight}(?:{_latin(units['short'])}){bound}",
        "heavy": rf"{tight}(?:{alternatives(units['heavy'])})s?{ends}",
        "molar": rf"{tight}(?:{alternatives(units['molar'])}){ends}",
        "tablets": r"[ ]?t(?![a-z0-9]|-[a-z]|细胞|淋巴| ?cell)",
        "form": rf"{chinese}(?:{alternatives(forms['chinese'])})半?",
        "form_en": rf"{english}(?:{alternatives(forms['english'])})s?{ends}",
        "loose": rf"{chinese}(?:{alternatives(forms['loose_chinese'])})半?",
        "loose_en": rf"{english}(?:{alternatives(forms['loose_english'])})s?{ends}",
    }
    return re.compile("|".join(f"(?P<{name}>{rule})" for name, rule in rules.items()))


def _latin(words: Iterable[str]) -> str:
    """Short units may be spaced or dotted (`m g`, `m.g.`); any but single letters has a plural."""
    spelled = []
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 3:
            spelled.append(re.escape(word) + "(?:'?s)?")
            continue
        joint = r"[ .\-]?" if word in _SPELLED else "[ .]?"
        spelled.append(joint.join(word) + ("(?:'?s)?" if len(word) > 1 else "") + r"\.?")
    return "|".join(spelled)


def unit_first() -> re.Pattern[str]:
    """`mg 50`, `（毫克）：50`, `片数：3`: a unit with its number behind it."""
    return re.compile(
        rf"(?<![a-z])(?:{alternatives(_SPELLED)})[ :=()|]{{0,4}}(?=\d)"
        r"|(?:毫克|微克|公克|毫升|片(?=数))数?[ :=()|约为]{0,4}(?=\d)"
    )


def whole(given: Iterable[str], english: Iterable[str]) -> re.Pattern[str]:
    """Amounts that are told apart by a pattern of their own; Latin ones begin with a word."""
    latin = "|".join(f"(?:{pattern})" for pattern in english)
    other = "|".join(f"(?:{pattern})" for pattern in given)
    return re.compile(rf"(?<![a-z])(?=[a-z\d])(?:{latin})|(?=[\d\u3000-\uffff])(?:{other})")


def denominator(short_forms: Iterable[str]) -> re.Pattern[str]:
    """One step of `/kg/d`, `每千克`, ` per day`, `·kg-1`, with the count of `/100 mL`."""
    words = {*short_forms, *_BELOW}
    latin = alternatives(word for word in words if word.isascii())
    other = alternatives(word for word in words if not word.isascii())
    word = rf"(?P<word>{other}|(?:{latin})s?(?![a-z]))"
    return re.compile(
        r"[ ]?(?:/|per |每|·|an? (?=day|week|night|dose))[ ]?\(?(?P<count>\d{1,3})?[ ]?"
        rf"{word}(?:[ ]?体重)?(?:-[123](?!\d))?"
        r"|[ ·.]?(?P<inverse>kg|l|ml|h|min|d|day|mol|m|cm)[ ]?-(?P<power>[123])(?!\d)"
    )


def schedule(patterns: Iterable[str], data: Mapping[str, Any]) -> re.Pattern[str]:
    """One pattern for all of `[schedule]`: those that begin with {n} share their number, the
    others are tried only where one of their first characters stands.
    """
    hours = rf"(?:{alternatives(data['hours'])})s?"
    periods = rf"(?:{alternatives(data['periods'])})s?"
    counted, others, firsts = [], [], set()
    for pattern in patterns:
        filled = pattern.replace("{h}", hours).replace("{p}", periods).replace("{..}", _NEARBY)
        if pattern.startswith("{n}"):
            counted.append(filled[3:].replace("{n}", _COUNT))
            continue
        others.append(filled.replace("{n}", _COUNT))
        group = filled[3 : filled.index(")")] if filled.startswith("(?:") else filled[0]
        firsts |= {word[0] for word in group.split("|")}
    # A numeral is read from its beginning only, so that a row of them is not read again and again.
    numbered = (
        rf"(?<![{HAN_NUMERALS}])(?=[\d{HAN_NUMERALS}a-z]){_COUNT}(?:{'|'.join(counted) or '(?!)'})"
    )
    literal = rf"(?=[{''.join(sorted(firsts))}])(?:{'|'.join(others)})"
    return re.compile(rf"(?:(?<![a-z0-9])|(?=[^\x00-\x7f]))(?:{literal}|{numbered})")
