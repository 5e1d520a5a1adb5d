"""The plain form of a single character: compatibility forms, look-alikes, traditional script."""

import re
import unicodedata

import opencc

__all__ = ["FOLD", "SIMPLE"]

_CYRILLIC_GREEK = ("мМгГкКлЛтТоОсСіІеаμοΟΜιΙ", "mMgGkKlLtToOcCiIeauoOMiI")
_LATIN = ("ᴍɢɡʟᴜı", "mgglui")
_SIGNS = ("⁄∕⧸〜∼˜∽’‘ʼ·•・⋅∙✕✖⨯〇○◯_⠀﹘⁃−⇒➡➜➔⟶", "///~~~~'''·····×××零零零  ---→→→→→")
_FORMAL = ("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸弍弐", "一二三四五六七八九十百千二三六二二")
# A Chinese comma ends a clause and never stands inside a number, so it must not become `,`.
_KEPT = ("，", "，")
_BLANK = "\u115f\u1160\u3164\uffa0"
_LETTER = re.compile(r"LATIN (?:CAPITAL|SMALL) LETTER ([A-Z])$")
_LONGEST = 6
"""Letters of a compatibility form that count; the longest unit has six, a blessing eighteen."""
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def _alike() -> dict[str, str]:
    alike = dict.fromkeys(_BLANK, "")
    for written, meant in (_CYRILLIC_GREEK, _LATIN, _SIGNS, _FORMAL, _KEPT):
        alike.update(zip(written, meant, strict=True))
    return alike


class _Folding(dict[str, str]):
    """Maps a character to its plain form, worked out once; white space becomes ` ` or a line
    feed, what nobody sees becomes nothing. Digits of any script become ASCII.
    """

    def __init__(self) -> None:
        super().__init__({chr(code): chr(code) for code in range(33, 127)})
        self._alike = _alike()
        self._simplify = opencc.OpenCC("t2s")
        self["_"] = " "

    def __missing__(self, char: str) -> str:
        given = self._alike.get(char)
        composed = char if given is not None else unicodedata.normalize("NFKC", char)
        folded = given if given is not None else "".join(map(self._one, composed[:_LONGEST]))
        self[char] = folded
        if len(folded) == 1 and folded not in " \n":
            SIMPLE.add(char)
        return folded

    def _one(self, char: str) -> str:
        if char in self._alike:
            return self._alike[char]
        if char in _LINE_ENDS:
            return "\n"
        category = unicodedata.category(char)
        if category[0] == "Z" or char == "\t":
            return " "
        if category in ("Cf", "Mn", "Me", "Cc", "Cs"):
            return ""
        digit = unicodedata.digit(char, None)
        if digit is not None:
            return str(digit)
        return "-" if category == "Pd" else self._letter(char, category)

    def _letter(self, char: str, category: str) -> str:
        if "\u3400" <= char <= "\u9fff":
            return str(self._simplify.convert(char))
        drawn = _LETTER.search(unicodedata.name(char, "")) if category == "So" else None
        if drawn:
            return drawn.group(1).lower()
        # Lower case must not change the length, or every place behind would be wrong.
        return char if len(char.lower()) == 1 else char.lower()[0]


SIMPLE: set[str] = {chr(code) for code in range(32, 127)} - {"_"}
"""Characters known to become exactly one character, a single space among them; grows as text is
read."""

FOLD = _Folding()
"""Any character's plain form: none, one or more characters."""
