"""Whether a number with its unit is an amount: the rules of `doses.toml`, applied to one place."""

import re

from bot.amounts.counts import ONE, is_count, lawful
from bot.amounts.reading import Chain, Reading

__all__ = ["is_amount", "ratio"]

_IDENTIFIER = re.compile(r"\d[a-z]+$|[a-z]\d+\.?$")
_LONG = re.compile(r"\d{4,}$")
# KHDC3L, DP-3T: a capital after a number that letters run into is part of a name.
_CODE = re.compile(r"(?:[A-Z]{2}|[A-Za-z]-)\d{1,2}[LUT]$")
_DATED = re.compile(r"(?:19[5-9]|20[0-4])\d g(?![a-z/])")
_PERSON = re.compile(r"[ 的]{0,2}(?:人|成年|成人|男|女|体重|adult|person|man\b|woman|human)")
_FULL_STOP = re.compile(r"[。!?\n]")
_GLUE = " \n-.,，:()[]\"'|+·/=~"
_GAUGE = re.compile(r"(?:1[89]|2\d|3[0-4])\Z")
_WEIGHS = re.compile(r"(?<![克斤g按每/])体重[为约在 :(]{0,3}\Z")
_OF_BODY = re.compile(r"[ 的]?(?:of )?(?:血|尿|blood|urine)")


def ratio(reading: Reading, unit: re.Match[str]) -> tuple[str, int]:
    """`毫升/分钟/千克` and `mL min-1 kg-1` as `ml/min/kg`, and where the expression ends."""
    parts, end = [unit.group()], unit.end()
    for _ in range(3):
        below = reading.lexicon.denominator.match(reading.text, end)
        if not below:
            break
        power = below["power"] if below["power"] in ("2", "3") else ""
        parts.append((below["count"] or "") + (below["word"] or below["inverse"]) + power)
        end = below.end()
    return "/".join(_short(reading, part) for part in parts), end


def _short(reading: Reading, part: str) -> str:
    short = reading.lexicon.data["pass"]["short_forms"]
    bare = re.sub(r"\W", "", part)
    singular = bare if len(bare) < 3 else bare.rstrip("s")
    return str(short.get(bare, short.get(singular, singular)))


def is_amount(reading: Reading, chain: Chain, unit: re.Match[str], ratio: str, end: int) -> bool:
    """Whether `chain` with `unit`, in all the `ratio` that ends at `end`, must not be shown."""
    kind = unit.lastgroup or ""
    begins = unit.end() - len(unit.group().lstrip(_GLUE))
    if kind not in ("mass", "run") and _longer(reading, begins):
        return False
    if kind in ("mass", "run", "mass_zh"):
        return not _passes(reading, chain, ratio, end)
    if kind in ("short", "tablets"):
        return not _symbol(reading, chain, begins, end) and _is_short(reading, chain, ratio, end)
    if kind == "molar":
        return "/kg" in ratio
    if kind == "heavy":
        taken = reading.near("taken", chain.start, end, 0, 8)
        person = _PERSON.match(reading.text, end)
        taken = taken or reading.near("cues", chain.start, end, 20, 0 if person else 8)
        taken = taken or reading.near("deadly", chain.start, end, 12, 8)
        return taken and not lawful(reading, chain, end)
    return is_count(reading, chain, unit, end)


def _is_short(reading: Reading, chain: Chain, ratio: str, end: int) -> bool:
    if ratio == "t":
        return not lawful(reading, chain, end)
    if ratio == "unit" and chain.word.strip() in ONE:
        return reading.near("cues", chain.start, end, 20, 16)
    return not _passes(reading, chain, ratio, end)


def _symbol(reading: Reading, chain: Chain, begins: int, end: int) -> bool:
    """Whether number and letter are part of a name or an identifier: 7f3a2g, KHDC3L, CD4 T."""
    letters = reading.cased[begins:end]
    if letters == "Cl" or (letters == "T" and begins > chain.end):
        return True
    if _CODE.search(reading.cased[max(0, chain.start - 6) : end]):
        return True
    before = reading.text[max(0, chain.start - 12) : chain.start]
    if chain.kind != "digits":
        return False
    # Half of an escape of an address (`Don%27t`), and the Russian word for a year.
    if (before.endswith("%") and len(chain.word) == 2) or _DATED.match(reading.text, chain.start):
        return True
    run_on = before[-1:].isascii() and before[-1:].isalpha() and _LONG.match(chain.word)
    return bool(run_on or _IDENTIFIER.search(before))


def _longer(reading: Reading, place: int) -> bool:
    """Whether a longer word stands there that only begins like a unit, as 剂量 like 剂."""
    longer = reading.lexicon.words["longer"]
    adjective = reading.text[place] in reading.lexicon.data["units"]["adjectives_chinese"]
    return longer.at(reading.text, place) or (adjective and longer.at(reading.text, place + 1))


def _passes(reading: Reading, chain: Chain, ratio: str, end: int) -> bool:
    """Whether `[pass]` and the words around let a measure through."""
    book, near, start = reading.lexicon, reading.near, chain.start
    before = reading.text[max(0, start - 8) : start]
    if book.passes(ratio, "always"):
        return True
    if book.passes(ratio, "measured"):
        return near("measured", start, end, 40, 16) or _dissolves(reading, start)
    if _priced(reading, chain, end):
        return True
    if ratio in ("ml", "l", "dl", "cl", "pint", "cup"):
        return _poured(reading, start, end)
    if ratio == "g" and near("chemistry", start, end, 14, 14):
        return True
    if ratio == "g" and near("nutrients", start, end, 8, 0):
        return not near("cues", start, end, 20, 12)
    if ratio == "mg" and near("drunk", start, end, 16, 12):
        return True
    if ratio == "g" and (near("bodies", start, end, 10, 2) or _WEIGHS.search(before)):
        return True
    if ratio == "g" and "G" in reading.cased[chain.end : end] and _GAUGE.match(chain.word):
        return near("needles", start, end, 16, 12)
    return ratio in ("g", "kg", "oz", "ounce", "盎司") and lawful(reading, chain, end)


def _dissolves(reading: Reading, start: int) -> bool:
    """`溶解度：乙醇 50 mg/mL；DMSO 30 mg/mL`: a list of what dissolves where goes on."""
    told = reading.last_end("chemistry", start)
    return told >= 0 and start - told <= 30 and not _FULL_STOP.search(reading.text, told, start)


def _priced(reading: Reading, chain: Chain, end: int) -> bool:
    """`$40 a gram`, `一克三百元`, `每100克`: whether a unit is named for what it costs or holds."""
    if reading.text[chain.start - 1 : chain.start] == "每":
        return chain.word in ("百", "100", "千", "1000") and reading.text[end - 1] in "克升gl"
    single = chain.word.strip() in ONE or chain.word.endswith((" a", " an"))
    near = reading.near
    taken = near("cues", chain.start, end, 20, 12)
    return single and near("price", chain.start, end, 28, 10) and not taken


def _poured(reading: Reading, start: int, end: int) -> bool:
    """Whether a volume is what dissolves, what an organ holds, or water to drink."""
    near = reading.near
    if near("chemistry", start, end, 14, 6):
        return True
    if near("water", start, end, 20, 10) and not near("mixed", start, end, 40, 40):
        return not reading.names_drug(start - 40, end + 40)
    if near("organs", start, end, 6, 0) or _OF_BODY.match(reading.text, end):
        return True
    reach = 48 if reading.text[start - 1 : start].isascii() else 30
    return near("organs", start, end, reach, 0) and not near("cues", start, end, 12, 8)
