"""Whether a number with its unit is an amount: the rules of `doses.toml`, applied to one place."""

import re

from bot.amounts.reading import Chain, Reading

__all__ = ["is_amount", "ratio"]

_ONE = {"一", "a", "an", "one", "another", "single", "a single"}
_RATE = re.compile(
    r"[ ]?(?:/|per |each |every |a )[ ]?(?:day|d\b|week|night|hour|天|日|次|晚|周)|每[天日次晚周]"
)
_IDENTIFIER = re.compile(r"\d[a-z]+$|[a-z]\d+\.?$")
_LONG = re.compile(r"\d{4,}$")
# KHDC3L, DP-3T: a capital after a number that letters run into is part of a name.
_CODE = re.compile(r"(?:[A-Z]{2}|[A-Za-z]-)\d{1,2}[LUT]$")
_GLUE = " \n-.,，:()[]\"'|+·/=~"
_SHAPES = "条把份块只种类道张根"
_STRENGTH = re.compile(r"[ 的]{0,2}(?:of )?")
_MANNER = re.compile(r"一(?:口|把|道|支|根|条)(?=[气就把都来接也])")


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
        taken = taken or reading.near("cues", chain.start, end, 20, 0)
        return taken and not _lawful(reading, chain, end)
    return _is_count(reading, chain, unit, end)


def _is_short(reading: Reading, chain: Chain, ratio: str, end: int) -> bool:
    if ratio == "t":
        return not _lawful(reading, chain, end)
    if ratio == "unit" and chain.word.strip() in _ONE:
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
    run_on = before[-1:].isascii() and before[-1:].isalpha() and _LONG.match(chain.word)
    return bool(run_on or _IDENTIFIER.search(before))


def _longer(reading: Reading, place: int) -> bool:
    """Whether a longer word stands there that only begins like a unit, as 剂量 like 剂."""
    longer = reading.lexicon.words["longer"]
    adjective = reading.text[place] in reading.lexicon.data["units"]["adjectives_chinese"]
    return longer.at(reading.text, place) or (adjective and longer.at(reading.text, place + 1))


def _is_count(reading: Reading, chain: Chain, unit: re.Match[str], end: int) -> bool:
    """Tablets, lines, cups: by default for a dosage form, in company for anything else."""
    kind, start, text = unit.lastgroup or "", chain.start, reading.text
    form = kind.startswith("form")
    if kind.endswith("en") and not _plural_agrees(chain, text[chain.end : unit.end()]):
        return False
    if reading.is_at("innocent", end) or _lawful(reading, chain, end):
        return False
    if text[end - 1] in "条线" and reading.near("strips", start, end, 16, 16):
        return False
    if text[end - 1] == "半" or (form and (chain.word == "半" or _RATE.match(text, end))):
        return True
    ordinal = text[start - 1 : start] == "第"
    single = chain.word.strip() in _ONE or ordinal
    if single and reading.is_at("harmless", end):
        return False
    if (form and not single) or reading.is_at("taken", end):
        return True
    if (ordinal and not form) or _MANNER.match(text, start):
        return False
    return _in_company(reading, chain, kind, end, single)


def _in_company(reading: Reading, chain: Chain, kind: str, end: int, single: bool) -> bool:
    before, after = (30, 20) if kind.endswith("en") else (10, 6)
    if reading.near("cues", chain.start, end, before, after):
        return True
    if _of_substance(reading, chain, end, single):
        return True
    if not single and _of_strength(reading, end):
        return True
    if not single and reading.near("deadly", chain.start, end, 30, 20):
        return True
    if kind == "form" and reading.near("nouns", chain.start, end, 16, 12):
        return True
    counter = reading.text[chain.end : end].strip(" -s")
    slang = counter in reading.lexicon.data["forms"]["slang_english"]
    if slang and _partial(chain) and not reading.text.startswith(" of ", end):
        return True
    return slang and not single and reading.near("weak", chain.start, end, 24, 12)


def _of_substance(reading: Reading, chain: Chain, end: int, single: bool) -> bool:
    """`2板惠菲宁`, `笑气一箱`, `三盒泰勒宁`: whether a substance stands right there."""
    if single and reading.text[end - 1] in _SHAPES:
        return False
    return bool(reading.drug_at(end)) or reading.drug_before(chain.start, 1 if single else 6)


def _of_strength(reading: Reading, end: int) -> bool:
    """`5 瓶 4 盎司的`: whether a measure of its own follows the counter."""
    place = end + len(_STRENGTH.match(reading.text, end).group())  # type: ignore[union-attr]
    number = reading.lexicon.number.match(reading.text, place)
    unit = reading.lexicon.unit.match(reading.text, number.end()) if number else None
    return bool(unit and unit.lastgroup in ("mass", "mass_zh", "run"))


def _plural_agrees(chain: Chain, counter: str) -> bool:
    """`two lines`, `2-line`, `half a line`, but not `two line`."""
    if chain.word.strip() in _ONE or chain.kind == "digits":
        return True
    return _partial(chain) or counter.endswith("s") or counter.endswith("leaf")


def _partial(chain: Chain) -> bool:
    return "half" in chain.word or "quarter" in chain.word or "third" in chain.word


def _passes(reading: Reading, chain: Chain, ratio: str, end: int) -> bool:
    """Whether `[pass]` and the words around let a measure through."""
    book, near, start = reading.lexicon, reading.near, chain.start
    if book.passes(ratio, "always"):
        return True
    if book.passes(ratio, "measured"):
        return near("measured", start, end, 40, 16)
    if ratio in ("ml", "l", "dl", "cl"):
        solved = near("chemistry", start, end, 14, 0)
        return solved or (near("organs", start, end, 30, 0) and not near("cues", start, end, 12, 8))
    if ratio == "g" and near("chemistry", start, end, 14, 14):
        return True
    if ratio == "g" and near("bodies", start, end, 10, 2):
        return True
    return ratio in ("g", "kg") and _lawful(reading, chain, end)


def _lawful(reading: Reading, chain: Chain, end: int) -> bool:
    """Whether courts and customs speak, and nobody takes anything."""
    if reading.near("personal", chain.start, end, 24, 16):
        return False
    spoken = reading.near("law", chain.start, end, 30, 16)
    return spoken and not reading.near("cues", chain.start, end, 12, 12)
