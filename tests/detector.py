"""A second, simpler detector of amounts, for reading what the program gives out.

It shares no code and no data with `bot.doses`: default-deny for every number with a unit,
with an allow list of its own. A screen that is judged by itself proves nothing.
"""

import re
import unicodedata
from html import unescape
from urllib.parse import unquote

_HAN = "零〇一二两兩三四五六七八九十百千万萬半几幾"
_NUMBER = (
    rf"(?:\d[\d.,]*|[{_HAN}]+|[½¼¾⅓⅔]"
    r"|\b(?:half|one|two|three|four|five|ten|twenty|fifty|hundred)\b)"
)
_MASS = (
    r"(?:[mµμu]\s?g|mcg|ng|milligrams?|micrograms?|grams?|gr?(?![a-z])|m\s?l|cc|iu|oz|ounces?|mics?"
    r"|t(?![a-z])|tab(?:let)?s?|pills?|capsules?|drops|lines|bumps|hits|puffs|shots|teaspoons?"
    r"|毫\s?克|微\s?克|公\s?克|克|毫\s?升|片|颗|顆|粒|锭|錠|勺|滴)"
)
_AMOUNT = re.compile(
    rf"{_NUMBER}\s?[-+]?\s?{_MASS}(?![a-z])(?P<per>\s?(?:/|每|per)\s?[\w³²]+)?", re.I
)
_HARMLESS_PER = re.compile(r"(?:/|每|per)\s?(?:mol|摩尔|m?l|min|dl|100|cm|m2|升|毫升)", re.I)
_HARMLESS_AFTER = re.compile(r"(?:服|量|子|段|面|隆|制|拉|区|刻|[-]?[A-Za-z]|细胞)")
_HARMLESS_NEAR = re.compile(
    r"膀胱|尿|血|浓度|溶|摩尔|分子量|缴获|持有|查获|bladder|urine|plasma|serum|seized|possession"
)
_SCHEDULE = re.compile(
    rf"每(?:隔)?{_NUMBER}个?(?:小时|钟头).{{0,3}}次|[一每][天日]{_NUMBER}次|every {_NUMBER} hours"
    r"|T\s?\+\s?\d+:\d\d",
    re.I,
)


def suspicious(text: str) -> list[str]:
    """Everything in `text` that looks like an amount or a schedule, for a person to read."""
    plain = unicodedata.normalize("NFKC", unescape(unquote(text)))
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn"))
    plain = plain.replace("\\", "").replace("*", "").replace("_", " ")
    plain = re.sub(r"(?<=\d)[.] (?=\d)", ".", plain)
    hits = [hit.group() for hit in _AMOUNT.finditer(plain) if not _harmless(plain, hit)]
    return hits + [hit.group() for hit in _SCHEDULE.finditer(plain)]


def _harmless(plain: str, hit: re.Match[str]) -> bool:
    if hit["per"] and _HARMLESS_PER.search(hit["per"]):
        return True
    if _HARMLESS_AFTER.match(plain, hit.end()):
        return True
    if re.search(r"[第A-Za-z-]$", plain[: hit.start()][-1:]) and not re.search(
        r"[mµ]g", hit.group()
    ):
        return True
    return bool(_HARMLESS_NEAR.search(plain[max(0, hit.start() - 15) : hit.end() + 15]))
