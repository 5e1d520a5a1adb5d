"""What a number with a measure may be that nobody takes: the rules of `[pass]`, at one place."""

import re

from bot.screening.amounts import around
from bot.screening.amounts.counts import ONE, lawful
from bot.screening.amounts.scanned import Chain, Scanned

__all__ = ["passes"]

_GAUGE = re.compile(r"(?:1[89]|2\d|3[0-4])\Z")
_FULL_STOP = re.compile(r"[。!?\n]")


def passes(scanned: Scanned, chain: Chain, ratio: str, end: int) -> bool:
    """Whether `[pass]` and the words around let a measure through."""
    book, near, start = scanned.lexicon, scanned.near, chain.start
    if book.passes(ratio, "always"):
        return True
    if book.passes(ratio, "measured"):
        return near("measured", start, end, 40, 16) or _dissolves(scanned, start)
    if ratio == "mg/kg" and near("tissue", start, end, 10, 0):
        return near("measured", start, end, 40, 0)
    if _priced(scanned, chain, end):
        return True
    if ratio in ("ml", "l", "dl", "cl", "pint", "cup"):
        return _poured(scanned, start, end)
    if ratio == "mg":
        return near("drunk", start, end, 16, 12)
    if ratio == "g" and _weighs(scanned, chain, end):
        return True
    return ratio in ("g", "kg", "oz", "ounce", "盎司") and lawful(scanned, chain, end)


def _weighs(scanned: Scanned, chain: Chain, end: int) -> bool:
    """Whether grams are a molar mass, what food holds, a body's, or the gauge of a needle."""
    near, start = scanned.near, chain.start
    if near("chemistry", start, end, 14, 14):
        return True
    if near("nutrients", start, end, 8, 0):
        return not near("cues", start, end, 20, 12)
    before = scanned.text[max(0, start - 8) : start]
    if near("bodies", start, end, 10, 2) or around.weigher().search(before):
        return True
    gauge = "G" in scanned.cased[chain.end : end] and _GAUGE.match(chain.word)
    return bool(gauge) and near("needles", start, end, 16, 12)


def _dissolves(scanned: Scanned, start: int) -> bool:
    """`溶解度：乙醇 50 mg/mL；DMSO 30 mg/mL`: a list of what dissolves where goes on."""
    told = scanned.last_end("chemistry", start)
    return told >= 0 and start - told <= 30 and not _FULL_STOP.search(scanned.text, told, start)


def _priced(scanned: Scanned, chain: Chain, end: int) -> bool:
    """`$40 a gram`, `一克三百元`, `每100克`: whether a unit is named for what it costs or holds."""
    if scanned.text[chain.start - 1 : chain.start] == "每":
        return chain.word in ("百", "100", "千", "1000") and scanned.text[end - 1] in "克升gl"
    single = chain.word.strip() in ONE or chain.word.endswith((" a", " an"))
    near = scanned.near
    taken = near("cues", chain.start, end, 20, 12)
    return single and near("price", chain.start, end, 28, 10) and not taken


def _poured(scanned: Scanned, start: int, end: int) -> bool:
    """Whether a volume is what dissolves, what an organ holds, or water to drink."""
    near = scanned.near
    if near("chemistry", start, end, 14, 6):
        return True
    if near("water", start, end, 20, 10) and not near("mixed", start, end, 40, 40):
        return not scanned.names_drug(start - 40, end + 40)
    if near("organs", start, end, 6, 0) or around.of_body().match(scanned.text, end):
        return True
    reach = 48 if scanned.text[start - 1 : start].isascii() else 30
    return near("organs", start, end, reach, 0) and not near("cues", start, end, 12, 8)
