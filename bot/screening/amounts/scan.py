"""Going through the numbers of a text and telling which runs state an amount."""

import re

from bot.screening.amounts import around
from bot.screening.amounts.context import is_amount, ratio
from bot.screening.amounts.patterns import HAN_NUMERALS, HUNDREDS
from bot.screening.amounts.scanned import Chain, Scanned
from bot.screening.amounts.special import special

__all__ = ["amounts"]

_MEASURES = {"mass", "run", "mass_zh", "short", "molar"}
_BARE_LD50 = re.compile(r"[^0-9。;\n]{0,24}")
_NAME = re.compile(r"-?[a-z(\[%]|[ ]?%|:\d")
_TENS = re.compile(r"(?:teen|ty|hundred|tenth)\b")
_TO = re.compile(r"[ ]?(?:[-~]|至|到|to)[ ]?\d[\d.]{0,8}")
_DECIMAL = re.compile(r"[零一二三四五六七八九十]点[零一二三四五六七八九]")


def amounts(scanned: Scanned) -> list[tuple[int, int]]:
    """Runs of the normalised text that state an amount, perhaps overlapping."""
    found: list[tuple[int, int]] = []
    read = 0
    for chain in scanned.chains():
        if chain.end <= read:
            continue
        hidden, end = _measured(scanned, chain)
        if not end:
            hidden = _bare(scanned, chain) or _bare(scanned, _first(scanned, chain))
        if hidden:
            found.append(hidden)
        read = max(read, end, hidden[1] if hidden else 0)
    found += [match.span() for match in scanned.lexicon.fixed.finditer(scanned.text)]
    return [*found, *_unit_first(scanned), *special(scanned)]


def _measured(scanned: Scanned, chain: Chain) -> tuple[tuple[int, int] | None, int]:
    """What of a number with its unit to hide, and where it ends; 0 for a number without one."""
    unit = scanned.lexicon.unit.match(scanned.text, chain.end)
    if not unit:
        return None, 0
    per, end = ratio(scanned, unit)
    if not is_amount(scanned, chain, unit, per, end):
        return None, end if unit.lastgroup in _MEASURES else 0
    trailing = around.trailing().match(scanned.text, end)
    end = trailing.end() if trailing else end
    return (_counted(scanned, chain.start, end), scanned.continued(end)), end


def _counted(scanned: Scanned, start: int, end: int) -> int:
    """The start of `two 30 mg pills`, where a count stands before the strength."""
    form = scanned.lexicon.unit.match(scanned.text, end)
    before = scanned.chain_before(start)
    if not form or not before or not (form.lastgroup or "").endswith("en"):
        return start
    return before.start if scanned.text[before.end : start] == " " else start


def _bare(scanned: Scanned, chain: Chain) -> tuple[int, int] | None:
    """A number without a unit in a place where only an amount stands."""
    cue = scanned.last_end("bare", chain.start)
    reached = _reaches(scanned, cue, chain.start)
    if chain.kind == "latin":
        spoken = (
            reached and _TENS.search(chain.word) and around.stop().match(scanned.text, chain.end)
        )
        return (chain.start, chain.end) if spoken else None
    if chain.kind == "han":
        return _bare_han(scanned, chain, reached)
    text, end = scanned.text, chain.end
    counted = text.startswith("个", end) and not scanned.is_at("innocent", end + 1)
    if counted and "." in chain.word and chain.word[-1].isdigit():
        return chain.start, end + 1
    about = around.about().match(text, end)
    if scanned.is_at("bare_after", about.end() if about else end) or _ounces(
        scanned, chain, reached
    ):
        return chain.start, end
    if text.startswith(" of ", end) and scanned.is_at("taken", end):
        return chain.start, end
    deadly = reached and text.startswith("ld50", max(0, cue - 4))
    if not reached or scanned.is_at("bare_pass", end) or (not deadly and _NAME.match(text, end)):
        return None
    return (
        (chain.start, end)
        if not text[cue - 1].isascii() or around.stop().match(text, end)
        else None
    )


def _first(scanned: Scanned, chain: Chain) -> Chain:
    """The first number of a row, or both ends of the range that it begins: `4-8 小时`."""
    head = chain.head or chain
    last = _TO.match(scanned.text, head.end)
    return Chain(head.start, last.end() if last else head.end, head.kind, head.word)


def _bare_han(scanned: Scanned, chain: Chain, reached: bool) -> tuple[int, int] | None:
    """`二两白酒`; `吃了三个`, but not `吃了一个`."""
    text, end = scanned.text, chain.end
    if _ounces(scanned, chain, reached):
        return chain.start, end
    spoken = HUNDREDS.match(chain.word) or _DECIMAL.match(chain.word)
    if reached and spoken and (around.pause().match(text, end) or scanned.drug_at(end)):
        return chain.start, end
    counted = text.startswith("个", end) and not scanned.is_at("innocent", end + 1)
    return (chain.start, end + 1) if reached and counted and chain.word != "一" else None


def _ounces(scanned: Scanned, chain: Chain, reached: bool) -> bool:
    """`二两白酒`, `8两白酒`: 两 is a weight behind another numeral."""
    return chain.word[1:].endswith("两") and (reached or scanned.is_at("taken", chain.end))


def _reaches(scanned: Scanned, cue: int, start: int) -> bool:
    """Whether nothing but filler stands between a cue and a number of the same line."""
    if cue < 0 or start - cue > 30 or start in scanned.lines:
        return False
    ld50 = scanned.text.startswith("ld50", max(0, cue - 4))
    return bool((_BARE_LD50 if ld50 else around.bare_gap()).fullmatch(scanned.text, cue, start))


def _unit_first(scanned: Scanned) -> list[tuple[int, int]]:
    """`mg 50`, `毫克：50`, `(mg): 5-10`; but not Mg2+."""
    found = []
    for unit in scanned.lexicon.unit_first.finditer(scanned.text):
        before = scanned.text[max(0, unit.start() - 2) : unit.start()].rstrip()[-1:]
        counted = before.isdigit() or (before and before in HAN_NUMERALS)
        number = scanned.lexicon.number.match(scanned.text, unit.end())
        if counted or not number or scanned.cased.startswith("Mg", unit.start()):
            continue
        if not scanned.is_at("bare_pass", number.end()):
            found.append((number.start(), scanned.continued(number.end())))
    return found
