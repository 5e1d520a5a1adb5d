"""Whether a count of tablets, lines or cups is an amount: by what is counted and by company."""

import re

from bot.screening.amounts import around
from bot.screening.amounts.scanned import Chain, Scanned

__all__ = ["ONE", "is_count", "lawful"]

ONE = {"一", "a", "an", "one", "another", "single", "a single"}
_FRACTION = re.compile(r"\d{1,2}\.\d{1,2}\Z")
_STRENGTH = re.compile(r"[ 的]{0,2}(?:of )?")
_SHARE = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)) (?:in|(?:out )?of(?: the)?) \Z"
)


def is_count(scanned: Scanned, chain: Chain, unit: re.Match[str], end: int) -> bool:
    """Tablets, lines, cups: by default for a dosage form, in company for anything else."""
    kind, start, text = unit.lastgroup or "", chain.start, scanned.text
    form = kind.startswith("form")
    if kind.endswith("en") and not _plural_agrees(chain, text[chain.end : unit.end()]):
        return False
    taken = scanned.length_at("taken", end)
    if _cleared(scanned, chain, end, taken, form):
        return False
    if scanned.is_at("bare_after", end):
        return True
    if kind.endswith("en") and _share(scanned, chain, end):
        return False
    if text[end - 1] in around.listed("lines") and scanned.near("strips", start, end, 16, 16):
        return False
    if _partly(scanned, chain, kind, end) or around.rate().match(text, unit.end()):
        return True
    ordinal = text[start - 1 : start] == "第"
    single = chain.word.strip() in ONE or ordinal
    if single and (scanned.is_at("harmless", end) or _stands_there(scanned, chain, end)):
        return False
    if (form and not single) or taken:
        return True
    if (ordinal and not form) or around.manner().match(text, start):
        return False
    return _in_company(scanned, chain, kind, end, single)


def _cleared(scanned: Scanned, chain: Chain, end: int, taken: int, form: bool) -> bool:
    """Whether what follows, a court, or a thing in pieces says that nobody takes them."""
    if scanned.length_at("innocent", end) > taken and not (
        form and _placed(scanned, chain.start, end)
    ):
        return True
    text, start = scanned.text, chain.start
    if text[max(0, start - 2) : start] in around.listed("in_pieces"):
        return True
    among = text[start - 1 : start] == "每" and around.among().match(text, end)
    carried = not form and around.carried().search(text, max(0, start - 3), start)
    fruit = scanned.near("fruit", start, end, 10, 0) and not scanned.near("cues", start, end, 20, 8)
    return bool(among or carried or fruit) or lawful(scanned, chain, end)


def _stands_there(scanned: Scanned, chain: Chain, end: int) -> bool:
    """`一瓶红酒被打翻`: whether a single drink is named that nobody is said to drink."""
    return bool(around.spilt().match(scanned.text, end)) and not scanned.near(
        "cues", chain.start, end, 10, 6
    )


def _partly(scanned: Scanned, chain: Chain, kind: str, end: int) -> bool:
    """`一片半`, `四分之一张`, `半板`, `0.75张`: a part of a thing is counted by who takes it."""
    last = scanned.text[end - 1]
    if last == "半" or "分之" in chain.word:
        return True
    if chain.word == "半":
        return kind.startswith("form") or last in around.listed("halved")
    return kind == "loose" and _parted(scanned, chain)


def _in_company(scanned: Scanned, chain: Chain, kind: str, end: int, single: bool) -> bool:
    before, after = (30, 20) if kind.endswith("en") else (10, 6)
    if scanned.near("cues", chain.start, end, before, after):
        return True
    if _of_substance(scanned, chain, end, single):
        return True
    if not single and _of_strength(scanned, end):
        return True
    if not single and scanned.near("deadly", chain.start, end, 30, 20):
        return True
    if kind == "form" and scanned.near("nouns", chain.start, end, 16, 12):
        return True
    counter = " " + scanned.text[chain.end : end].strip(" -").rstrip("s")
    slang = any(counter.endswith(f" {w}") for w in scanned.lexicon.data["forms"]["slang_english"])
    broken = _partial(chain) or "." in chain.word
    if slang and broken and not scanned.text.startswith(" of ", end):
        return True
    return slang and not single and scanned.near("weak", chain.start, end, 24, 12)


def _parted(scanned: Scanned, chain: Chain) -> bool:
    """`约0.75张`: a part of a thing; but not the number of a section, which begins its line."""
    before = scanned.text[max(0, chain.start - 1) : chain.start]
    first = chain.start in scanned.lines or before in ("", "[", "#", "第", ".")
    return bool(_FRACTION.match(chain.word)) and not first


def _placed(scanned: Scanned, start: int, end: int) -> bool:
    """`took two pills in the kitchen`: whether the words that clear a count only name a place."""
    return bool(around.place().match(scanned.text, end)) and scanned.near("cues", start, end, 24, 0)


def _share(scanned: Scanned, chain: Chain, end: int) -> bool:
    """`one in three pills`, `two of the four tablets`: whether things are counted, not taken."""
    part = _SHARE.search(scanned.text[max(0, chain.start - 24) : chain.start])
    return bool(part) and not scanned.near("cues", chain.start, end, 30, 20)


def _of_substance(scanned: Scanned, chain: Chain, end: int, single: bool) -> bool:
    """`2板惠菲宁`, `笑气一箱`, `三盒泰勒宁`: whether a substance stands right there."""
    if single and scanned.text[end - 1] in around.listed("shapes"):
        return False
    return bool(scanned.drug_at(end)) or scanned.drug_before(chain.start, 1 if single else 6)


def _of_strength(scanned: Scanned, end: int) -> bool:
    """`5 瓶 4 盎司的`: whether a measure of its own follows the counter."""
    place = end + len(_STRENGTH.match(scanned.text, end).group())  # type: ignore[union-attr]
    number = scanned.lexicon.number.match(scanned.text, place)
    unit = scanned.lexicon.unit.match(scanned.text, number.end()) if number else None
    return bool(unit and unit.lastgroup in ("mass", "mass_zh", "run"))


def _plural_agrees(chain: Chain, counter: str) -> bool:
    """`two lines`, `2-line`, `half a line`, but not `two line`."""
    if chain.word.strip() in ONE or chain.kind == "digits":
        return True
    return _partial(chain) or counter.endswith("s") or counter.endswith("leaf")


def _partial(chain: Chain) -> bool:
    return any(part in chain.word for part in ("half", "quarter", "third", "tenth", "fifth"))


def lawful(scanned: Scanned, chain: Chain, end: int) -> bool:
    """Whether courts and customs speak, and nobody takes anything."""
    if scanned.near("personal", chain.start, end, 24, 16):
        return False
    spoken = scanned.near("law", chain.start, end, 30, 16)
    return spoken and not scanned.near("cues", chain.start, end, 12, 12)
