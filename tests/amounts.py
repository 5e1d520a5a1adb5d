"""Amounts written in every style, with what of each must never be seen: for several tests."""

from dataclasses import dataclass

from hypothesis import strategies as st

__all__ = ["Planted", "amounts", "sentences"]

_UNITS = (
    "mg",
    "MG",
    "Mg",
    "µg",
    "μg",
    "ug",
    "mcg",
    "g",
    "ml",
    "mL",
    "毫克",
    "微克",
    "公克",
    "克",
    "毫升",
    "milligrams",
    "grams",
    "micrograms",
    "mg/kg",
    "mg/天",
    "mg/kg/d",
    "毫克/千克",
    "ug/kg",
    "IU",
    "片",
    "粒",
    "颗",
    "顆",
    "錠",
    "t",
    "tablets",
    "pills",
    "capsules",
    "㎎",
    "mics",
    "tabs",
    "勺",
    "瓶盖",
    "mg +",
    "mg以上",
    "ｍｇ",
    "мг",
    "м\u0433",
    "teaspoons",
    "capfuls",
    "oz",
)
_LONG = tuple(unit for unit in _UNITS if unit not in ("g", "t", "IU", "oz"))
_HAN = "零一二三四五六七八九"
_PREFIX = ("", "约", "大约 ", "about ", "< ", ">", "≥ ", "up to ", "不超过", "~")


@dataclass(frozen=True)
class Planted:
    """An amount as written; `prefix` may be seen, `secret` must be gone once it is masked."""

    prefix: str
    secret: str

    @property
    def written(self) -> str:
        return self.prefix + self.secret


def _digits(value: str) -> st.SearchStrategy[str]:
    """One number in the ways in which files write it; `value` is plain digits."""
    styles = [
        value,
        value.translate({ord(d): 0xFF10 + int(d) for d in "0123456789"}),
        " ".join(value),
        value[0] + "\u200b" + value[1:],
        value[0] + "\u00ad" + value[1:],
        f"{value[0]}**{value[1:]}**" if len(value) > 1 else f"**{value}**",
        f"{value}\\.{value[0]}",
        f"{value}. {value[0]}",
        f"{value},{value[0]}",
        "".join(chr(0x1D7CE + int(d)) for d in value),
        "".join(chr(0x0660 + int(d)) for d in value),
        "".join(f"&#{ord(d)};" for d in value),
        "".join(d + "\u0336" for d in value),
        f"{value}-{int(value) + 10}",
        f"{value} \\~ {int(value) * 2}",
        f"{value} to {int(value) + 5}",
        f"{value}到{int(value) + 5}",
        f"{value} 1/2",
        f"{value}½",
    ]
    return st.sampled_from(styles)


def _han(value: str) -> str:
    return "".join(_HAN[int(d)] for d in value)


_WORDS = (
    "六毫克",
    "半片",
    "一片半",
    "四分之一片",
    "两万毫克",
    "两大勺",
    "一克",
    "三颗",
    "三十多毫克",
    "几百微克",
    "十二点五毫克",
    "数百毫克",
    "两片半",
    "半克",
    "两千五百毫升",
    "半勺",
    "三分之一颗",
    "六錠",
    "兩萬毫克",
    "half a tab",
    "a gram a day",
    "two pills",
    "fifty milligrams",
    "a quarter of a pill",
    "half a gram",
    "one hundred and fifty mg",
    "twenty-five mg",
    "two-and-a-half tablets",
    "a couple of tabs",
    "three capfuls",
    "a few bumps",
    "three-quarters of a gram",
    "a hundred micrograms",
    "½ tablet",
    "five standard drinks",
    "an ounce",
    "several grams",
    "two teaspoons",
    "a dozen pills",
    "半板",
    "三分之二片",
    "零点三克",
    "三百豪克",
    "十五滴",
    "a tenth of a gram",
    "five dried grams",
    "seventy to eighty mils",
    "six nutmegs",
    "two hundred morning glory seeds",
    "half of a 20",
    "a gram and a half",
)


def _spaced(text: str) -> str:
    return text if any("a" <= letter <= "z" for letter in text) else " ".join(text)


@st.composite
def amounts(draw: st.DrawFn) -> Planted:
    """A number of two to four digits with a unit, in some style, or one in words."""
    if draw(st.integers(0, 3)) == 0:
        words = draw(st.sampled_from(_WORDS))
        written = draw(st.sampled_from((words, words.upper(), _spaced(words))))
        return Planted("", written)
    value = str(draw(st.integers(min_value=11, max_value=9876)))
    written = draw(_digits(value) | st.just(_han(value)))
    gap = draw(
        st.sampled_from(
            ["", " ", "\u00a0", "\u2009", "\u3000", "&nbsp;", "-", "\n", "  ", "\\ ", "\\,", "~"]
        )
    )
    unit = draw(st.sampled_from(_UNITS if gap in ("", " ", "-", "\u00a0") else _LONG))
    if unit == "t":
        gap = ""
    prefix = draw(st.sampled_from(_PREFIX))
    return Planted(prefix, f"{written}{gap}{unit}")


def sentences() -> st.SearchStrategy[tuple[str, str]]:
    """What stands before and after an amount, in both languages; without digits."""
    return st.sampled_from(
        [
            ("有人说", "就够了。"),
            ("研究中给予氯胺酮（", "），症状减轻。"),
            ("每次", "，之后再看。"),
            ("氯胺酮对膀胱有害。他一次用掉", "，后来住院。"),
            ("服用後", "會感到頭暈。"),
            ("The patient took ", " and fell asleep."),
            ("Ketamine (", ") was given."),
            ("标题：", "氯胺酮体验"),
            ("报告-", "的一夜.md"),
            ("Experience: ", " - a long night"),
            ("| 剂量 | ", " |"),
            ("", ""),
            ("很多人认为", "没有危险，其实会呼吸抑制。"),
            ("More than ", " can stop the breathing."),
            ("《", "》"),
            ("“", "”"),
        ]
    )
