"""Amounts that are more or less than a number with a unit: by company, by comparison, by ratio.

`普瑞300+右美240`, `mg: 5, 10, 20` with the unit told once, `1:50`, `the size of a match head`.
The words stand in `doses.toml`.
"""

import re
from collections.abc import Iterator

from bot.answer import MARK
from bot.screening.amounts import around
from bot.screening.amounts.counts import ONE
from bot.screening.amounts.patterns import HUNDREDS
from bot.screening.amounts.scanned import Chain, Scanned

__all__ = ["special"]

Run = tuple[int, int]

_TOLD_REACH = 60
_TIMES = re.compile(r"[ ]?[x×*][ ]?\d")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_RATIO = re.compile(
    r"(?<![\d:.])\d{1,3}[ ]?[:比][ ]?\d{1,6}(?:,\d{3})*(?![\d:])"
    r"|[一二三四五六七八九十]比[一二三四五六七八九十]{1,3}(?![较例如起])"
)


def special(scanned: Scanned) -> Iterator[Run]:
    """Yield runs that state an amount without a unit of their own."""
    yield from (match.span() for match in scanned.lexicon.whole.finditer(scanned.text))
    yield from _sized(scanned)
    yield from _told_once(scanned)
    yield from _ratios(scanned)
    for chain in scanned.chains():
        first = chain.head or chain
        run = _with_drug(scanned, chain) or _with_drug(scanned, first) or _tapered(scanned, chain)
        run = run or _equal(scanned, chain) or _limited(scanned, chain)
        if run:
            yield run[0], scanned.continued(run[1])


def _sized(scanned: Scanned) -> Iterator[Run]:
    """`a match-head of it`: a comparison, where somebody takes something."""
    for match in scanned.lexicon.sized.finditer(scanned.text):
        if scanned.near("sized", *match.span(), 24, 24):
            yield match.span()


def _told_once(scanned: Scanned) -> Iterator[Run]:
    """`剂量（mg）：轻 5，中 10`: the numbers of the sentence in which a unit is told by itself."""
    for told in around.told().finditer(scanned.text):
        if around.measure().search(scanned.text, max(0, told.start() - 4), told.start()):
            continue
        low, high = scanned.sentence(*told.span())
        if re.search(around.words("unit"), told.group()):
            low, high = scanned.text.rfind("\n", 0, told.start()) + 1, len(scanned.text)
        low, high = max(low, told.start() - _TOLD_REACH), min(high, told.end() + _TOLD_REACH)
        for chain in scanned.chains_between(low, high):
            number = chain.kind == "digits" or (chain.kind == "han" and HUNDREDS.match(chain.word))
            if number and not _means_else(scanned, chain):
                yield chain.start, chain.end


def _ratios(scanned: Scanned) -> Iterator[Run]:
    """`兑1:50的水`, `剂量换算比为1:3`, and the strengths of two substances, `100/8 和 200/16`."""
    for match in _RATIO.finditer(scanned.text):
        if scanned.near("ratio", *match.span(), 16, 12):
            yield match.span()
    for match in around.strengths().finditer(scanned.text):
        if scanned.near("bare", *match.span(), 60, 20) or scanned.near(
            "dosing", *match.span(), 60, 20
        ):
            yield match.span()


def _with_drug(scanned: Scanned, chain: Chain) -> Run | None:
    """`右美240`, `曲马多400以上`, `three xanax bars`, with the substance right before or behind."""
    chain_run = (chain.start, chain.end)
    if chain.kind == "latin" or chain.kind == "digits":
        name_end = scanned.drug_at(chain.end)
        unit = scanned.lexicon.unit.match(scanned.text, name_end) if name_end else None
        if unit and (unit.lastgroup or "").startswith(("form", "loose")):
            return chain.start, unit.end()
        named = name_end and scanned.text[name_end - 1].isascii()
        if named and around.pills().match(scanned.text, name_end) and chain.word.strip() not in ONE:
            return (chain.start, name_end) if scanned.near("cues", *chain_run, 30, 10) else None
    if not around.then().match(scanned.text, chain.end) or len(chain.word) < 2:
        return None
    if chain.kind != "digits" and not HUNDREDS.match(chain.word):
        return None
    gap = _gap_before(scanned, chain.start)
    if _YEAR.fullmatch(chain.word) or _means_else(scanned, chain):
        return None
    return (chain.start, chain.end) if scanned.drug_before(gap, 0) else None


def _equal(scanned: Scanned, chain: Chain) -> Run | None:
    """`0.5阿普约等于10地西泮`: a bare number right before a substance where amounts are equal."""
    if chain.kind != "digits" or not scanned.drug_at(chain.end):
        return None
    near = scanned.near("equal", chain.start, chain.end, 12, 20)
    return (chain.start, chain.end) if near else None


def _limited(scanned: Scanned, chain: Chain) -> Run | None:
    """`别超过30`, `stay under 60`: a bare limit near an amount, a substance or a word of taking."""
    start, end = chain.start, chain.end
    cue = scanned.last_end("limit", start)
    if cue < 0 or not around.filler().fullmatch(scanned.text, cue, start):
        return None
    number = chain.kind == "digits" or (chain.kind == "han" and HUNDREDS.match(chain.word))
    if not number or _means_else(scanned, chain) or not around.alone().match(scanned.text, end):
        return None
    if scanned.near("vital", start, end, 24, 4):
        return None
    near = MARK in scanned.text[max(0, start - 40) : end + 40] or scanned.near(
        "cues", start, end, 40, 20
    )
    return (start, end) if near or scanned.names_drug(start - 40, end + 40) else None


def _gap_before(scanned: Scanned, place: int) -> int:
    """Where the filler before a number begins."""
    for start in range(max(0, place - 6), place):
        if around.after_drug().fullmatch(scanned.text, start, place):
            return start
    return place


def _tapered(scanned: Scanned, chain: Chain) -> Run | None:
    """`taper: 40 - 30 - 20 - 10`: a row of numbers where somebody takes less and less."""
    run = scanned.text[chain.start : chain.end]
    if chain.kind != "digits" or len(re.findall(r"\d+(?:\.\d+)?", run)) < 3:
        return None
    return (
        (chain.start, chain.end) if scanned.near("taper", chain.start, chain.end, 30, 20) else None
    )


def _means_else(scanned: Scanned, chain: Chain) -> bool:
    """Whether a time, a share, a name or another unit follows."""
    if _TIMES.match(scanned.text, chain.end):
        return False
    after = scanned.text[chain.end : chain.end + 2]
    named = bool(re.match(r"-?[a-z%]|[ ]?[%°℃]|\.\d", after))
    return named or scanned.is_at("bare_pass", chain.end)
