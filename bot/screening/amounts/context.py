"""Whether a number with its unit is an amount: the rules of `doses.toml`, applied to one place."""

import re

from bot.screening.amounts import around
from bot.screening.amounts.counts import ONE, is_count, lawful
from bot.screening.amounts.passing import passes
from bot.screening.amounts.scanned import Chain, Scanned

__all__ = ["is_amount", "ratio"]

_IDENTIFIER = re.compile(r"\d[a-z]+$|[a-z]\d+\.?$")
_LONG = re.compile(r"\d{4,}$")
# KHDC3L, DP-3T: a capital after a number that letters run into is part of a name.
_CODE = re.compile(r"(?:[A-Z]{2}|[A-Za-z]-)\d{1,2}[LUT]$")
_DATED = re.compile(r"(?:19[5-9]|20[0-4])\d g(?![a-z/])")
_GLUE = " \n-.,，:()[]\"'|+·/=~"


def ratio(scanned: Scanned, unit: re.Match[str]) -> tuple[str, int]:
    """`毫升/分钟/千克` and `mL min-1 kg-1` as `ml/min/kg`, and where the expression ends."""
    parts, end = [unit.group()], unit.end()
    for _ in range(3):
        below = scanned.lexicon.denominator.match(scanned.text, end)
        if not below:
            break
        power = below["power"] if below["power"] in ("2", "3") else ""
        parts.append((below["count"] or "") + (below["word"] or below["inverse"]) + power)
        end = below.end()
    return "/".join(_short(scanned, part) for part in parts), end


def _short(scanned: Scanned, part: str) -> str:
    short = scanned.lexicon.data["pass"]["short_forms"]
    bare = re.sub(r"\W", "", part)
    singular = bare if len(bare) < 3 else bare.rstrip("s")
    return str(short.get(bare, short.get(singular, singular)))


def is_amount(scanned: Scanned, chain: Chain, unit: re.Match[str], ratio: str, end: int) -> bool:
    """Whether `chain` with `unit`, in all the `ratio` that ends at `end`, must not be shown."""
    kind = unit.lastgroup or ""
    begins = unit.end() - len(unit.group().lstrip(_GLUE))
    if kind not in ("mass", "run") and _longer(scanned, begins):
        return False
    if kind in ("mass", "run", "mass_zh"):
        return not passes(scanned, chain, ratio, end)
    if kind in ("short", "tablets"):
        return not _symbol(scanned, chain, begins, end) and _is_short(scanned, chain, ratio, end)
    if kind == "molar":
        return "/kg" in ratio
    if kind == "heavy":
        return _heavy(scanned, chain, end)
    return is_count(scanned, chain, unit, end)


def _heavy(scanned: Scanned, chain: Chain, end: int) -> bool:
    """Whether somebody takes a weight that is no person's and no seizure."""
    before = scanned.text[max(0, chain.start - 8) : chain.start]
    if re.search(around.words("body_weight"), before):
        return False
    person = around.persons().match(scanned.text, end)
    taken = scanned.near("taken", chain.start, end, 0, 8)
    taken = taken or scanned.near("cues", chain.start, end, 20, 0 if person else 8)
    taken = taken or scanned.near("deadly", chain.start, end, 12, 8)
    return taken and not lawful(scanned, chain, end)


def _is_short(scanned: Scanned, chain: Chain, ratio: str, end: int) -> bool:
    if ratio == "t":
        return not lawful(scanned, chain, end)
    if ratio == "unit" and chain.word.strip() in ONE:
        return scanned.near("cues", chain.start, end, 20, 16)
    return not passes(scanned, chain, ratio, end)


def _symbol(scanned: Scanned, chain: Chain, begins: int, end: int) -> bool:
    """Whether number and letter are part of a name or an identifier: 7f3a2g, KHDC3L, CD4 T."""
    letters = scanned.cased[begins:end]
    if letters == "Cl" or (letters == "T" and begins > chain.end):
        return True
    if _CODE.search(scanned.cased[max(0, chain.start - 6) : end]):
        return True
    before = scanned.text[max(0, chain.start - 12) : chain.start]
    if chain.kind != "digits":
        return False
    # Half of an escape of an address (`Don%27t`), and the Russian word for a year.
    if (before.endswith("%") and len(chain.word) == 2) or _DATED.match(scanned.text, chain.start):
        return True
    run_on = before[-1:].isascii() and before[-1:].isalpha() and _LONG.match(chain.word)
    return bool(run_on or _IDENTIFIER.search(before))


def _longer(scanned: Scanned, place: int) -> bool:
    """Whether a longer word stands there that only begins like a unit, as 剂量 like 剂."""
    longer = scanned.lexicon.words["longer"]
    adjective = scanned.text[place] in scanned.lexicon.data["units"]["adjectives_chinese"]
    return longer.at(scanned.text, place) or (adjective and longer.at(scanned.text, place + 1))
