"""A fuzz target for normalisation and screening: python -m benchmarks.fuzz [--seconds 120]

With `atheris` installed the input is guided by coverage; without it, pieces that screening knows
are joined at random. Either way these must hold for any text: every place that normalisation
names lies in the text and moves forward; findings lie in the text, apart and in order; nothing
but findings changes; what is masked holds nothing more to mask; an amount put into it is hidden.
"""

import argparse
import random
import sys
from contextlib import nullcontext
from importlib import import_module
from itertools import pairwise
from time import perf_counter
from typing import Any

try:
    atheris: Any = import_module("atheris")
except ModuleNotFoundError:
    atheris = None

with atheris.instrument_imports(include=["bot"]) if atheris else nullcontext():
    from bot.answer import MARK
    from bot.screening.amounts.normalise import views
    from bot.screening.doses import find, mask
    from bot.screening.passages import screen

PIECES = (
    "0123456789.,:;-~/|()[]<>&#%\\*`$ \n\t\u200b\u00ad\u3000\u0300０５㎎½①𝟙٣ёК"
    "一二两半百万零片颗粒克毫升次每吃了的后"
)
WORDS = (
    " mg", "毫克", "ug", "ml", " tablets", "每天", "小时", "every ", "T+0:", "LD50 ", "右美",
    "高原", "剂量（mg）：", "took ", "half a ", "&#53;", "%35", "\\.", "**", "<br>", "<b>",
    "阈值 | ", "到",
    "合成", "溶剂", "然后", "加热", "膀胱", "缴获", "1:50", " of ketamine", "/kg", "以上",
    "网上", "买到", "\\,", "\\ ", "\n总时长 | 4 小时\n", "\n阈值 | ", "day 1: 40, ", "每人",
    "剩下的", "一半", " on the rig", "3gK", "mg/mL；", "药效发作 | 20 分钟", "half of a ",
    "@ 9pm: ", "(+1:30)", "隔", "补",
)  # fmt: skip
SECRET = "73951 毫克"


def holds(text: str) -> None:
    """Raise AssertionError where something that must hold does not."""
    for view in views(text):
        assert len(view.text) == len(view.starts) == len(view.ends)
        assert all(a <= b for a, b in pairwise(view.starts))
        assert all(0 <= a <= b <= len(text) for a, b in zip(view.starts, view.ends, strict=True))
    findings = find(text)
    assert all(0 <= f.start < f.end <= len(text) for f in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))
    masked = mask(text, findings).text
    assert find(masked) == ()
    screened = screen(text, before=text[::-1])
    assert all(a.end <= b.start for a, b in pairwise(screened.findings))
    planted = f"{text}。吃了 {SECRET}，{text}"
    shown = mask(planted, find(planted)).text
    assert "73951" not in shown and MARK in shown


def at_random(draw: random.Random) -> str:
    """Return a text of known pieces."""
    parts = [
        draw.choice(WORDS) if draw.random() < 0.5 else draw.choice(PIECES)
        for _ in range(draw.randint(1, 60))
    ]
    return "".join(parts)


def main() -> None:
    """Run it; a text that breaks something is printed and the run ends with status 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    chosen, rest = parser.parse_known_args()
    if atheris is None:
        random_run(chosen.seconds, chosen.seed)
        return
    limits = [f"-max_total_time={int(chosen.seconds)}", f"-seed={chosen.seed}", "-max_len=300"]
    atheris.Setup([sys.argv[0], *limits, *rest], guided)
    atheris.Fuzz()


def guided(data: bytes) -> None:
    """Try the text that some bytes stand for: a byte a piece or a word, here and there letters."""
    given = atheris.FuzzedDataProvider(data)
    known = (*WORDS, *PIECES)
    parts: list[str] = []
    while given.remaining_bytes() and len(parts) < 60:
        choice = given.ConsumeIntInRange(0, len(known) + 4)
        parts.append(known[choice] if choice < len(known) else given.ConsumeUnicodeNoSurrogates(8))
    holds("".join(parts))


def random_run(seconds: float, seed: int) -> None:
    """Try texts at random for so long."""
    draw, until, tried = random.Random(seed), perf_counter() + seconds, 0
    while perf_counter() < until:
        text = at_random(draw)
        tried += 1
        try:
            holds(text)
        except AssertionError:
            print(f"broken by {text!r}")
            raise
    print(f"{tried} texts, nothing broken")


if __name__ == "__main__":
    main()
