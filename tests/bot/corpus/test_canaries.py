"""Known amounts are planted in copies of the seeds, and nothing of them may come through.

The numbers are drawn so that the seeds do not hold them: whatever is found is a leak, by plain
string search and not by the judgement of the code under test.
"""

import random
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from bot.evaluation.detector import suspicious
from bot.screening.doses import find, mask
from bot.screening.passages import safe
from embeddings.text.cleaning import plain
from tests.places import SEEDS

_STYLES = (
    "{n} mg", "{n}mg", "{n}毫克", "{n} 毫克", "{n}. 5 mg/kg", "{n} mg/kg/d", "{n}μg", "{n} µg",
    "{n}ug", "{n} mcg", "{n} grams", "{n}克", "{n} ml", "{n}毫升", "{n}t", "{n}片", "{n} 颗",
    "{n}粒", "{n} tablets", "{n} capsules", "{n} pills", "{n} bumps", "{n} tabs", "{n}-{m} mg",
    "{n} ~ {m} 毫克", "{n}～{m} mg", "{n}到{m}毫克", "{n} to {m} micrograms", "{n} mg +",
    "< {n} mg", "{n} mg以上", "{n}\\.{m}克", "{n}\\~{m}t", "{n}&nbsp;mg", "{n}**0** mg",
    "{n} IU", "{n}勺", "{n} 公克", "{n}顆", "{n}錠", "{n} мг", "{n}㎎", "mg {n}", "毫克：{n}",
    "{n}g", "{n} mg x 2", "吃了{n}", "took {n}.", "a dose of {n}", "剂量为{n}", "LD50 {n}",
    "每天服用{n}次", "every {n} hours, take one",
)  # fmt: skip


def _wide(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})


def _canaries(seed: str) -> Iterator[tuple[str, str]]:
    """Five hundred amounts and the digits that must not be seen."""
    draw = random.Random(20260415)
    for count in range(500):
        number = draw.choice([n for n in range(31, 989) if str(n) not in seed])
        written = _STYLES[count % len(_STYLES)].format(n=number, m=number + 7)
        if count % 7 == 3:
            yield _wide(written), _wide(str(number))
        elif count % 11 == 5:
            yield written.replace(str(number), "\u200b".join(str(number))), str(number)
        else:
            yield written, str(number)


def _places(text: str) -> list[int]:
    """The ends of sentences and clauses, where something can be planted."""
    return [stop.end() for stop in re.finditer(r"[。；，]|\. ", text)]


@pytest.mark.parametrize("name", ["002_4496df4819806e38.txt", "001_28bae653cbcd426e.txt"])
def test_nothing_of_500_planted_amounts_comes_through(name: str) -> None:
    seed = (SEEDS / name).read_text(encoding="utf-8")
    draw = random.Random(7)
    for written, number in _canaries(seed):
        place = draw.choice(_places(seed))
        around = seed[max(0, place - 150) : place] + written + "，" + seed[place : place + 150]
        for text in (plain(around, "text"), around):
            shown = mask(text, find(text)).text
            assert number not in shown, (written, shown)
            assert "\u200b".join(number) not in shown, (written, shown)


def test_planted_amounts_are_found_in_titles_paths_and_links() -> None:
    for written, _ in _canaries(""):
        assert not safe(f"报告：{written} 的一夜"), written
        assert not safe(f"Experience: {written} - a long night"), written
        assert not safe("https://example.org/wiki/" + quote(f"报告 {written} 的一夜.md")), written
        assert not safe(f"[经验报告（{written}）](/报告/1.md)"), written


def test_the_second_detector_sees_no_planted_amount_either() -> None:
    seed = (SEEDS / "002_4496df4819806e38.txt").read_text(encoding="utf-8")
    for written, _ in _canaries(seed):
        text = f"氯胺酮可引起解离。{written}，请勿独处。"
        assert suspicious(mask(text, find(text)).text) == [], written
