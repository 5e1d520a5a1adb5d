"""Text written to make the screen slow: none may take longer than its length allows.

Processor time is measured, and with a wide margin, so that a busy machine fails nothing.
"""

import time
from collections.abc import Callable

import pytest

from bot.answering.gate import teaches, tells
from bot.screening.amounts.normalise import normalise, views
from bot.screening.doses import find
from bot.screening.passages import screen
from bot.screening.policy import policy

HOSTILE = [
    "1", "1 ", "0. ", "mg", "半", "1mg", "1条", "a ", "every ", "每1天", "|", "| 1 ", "阈值: ",
    "<a ", "&#", "%41", "1/", "\\", "吃了 ", "minutes ", "wait at least ", "take 2 ", "mg 5 ",
    "t+1:", "[](", "十", "ld50 ", "每隔", " ", "\u200b", "\u0300", "one hundred ", "<!--", "(1",
    "&amp;", "&amp;#49;", "%2541", "**", "1:", "溶解加水", "𝟙", "㎎", "然后", "\n", "1\n", "\t1",
    "- ", "`1` ", "$1$", "é ", "ё ", "\u3000中", "<br>1", "<p 5>", "&lt;b&gt;", "用了", "K", "1/2 ",
    "1:50 ", "mg)(", "右美", "右美1", "(mg)1 ", "二分之", "高原1", "每4小时", "喷1", "合成蒸馏通过",
    "bar ", "10/2和", "体重x",
    "to the 3 mark", "half of a 2", "每隔", "憋气", "高原后", "day 1: 1, ",
    "第一天40，", "吃剩下的", "1.5张",
    "份- ingestedone hundred 块高(<!--", "㎎份筒输注高(<!--", "k洞每天高(严重<!--",
    "阈值 | 1 mg\n", "$4 a gram ",
    "溶解度5 mg/ml；", "总时长 | 1 小时\n", "two of those blue red ", "experience:1 bowl", "\\ ",
]  # fmt: skip
"""Found by trying every rule's own words in a row, and by climbing from the slowest of them."""


LONG = 100_000


def seconds(work: Callable[[str], object], text: str) -> float:
    """Processor time of one run of many; what is remembered of a text is forgotten before."""

    def once() -> float:
        normalise.cache_clear()
        teaches.cache_clear()
        start = time.process_time()
        work(text)
        return time.process_time() - start

    return min(once() for _ in range(3))


def row(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


@pytest.fixture(scope="module", autouse=True)
def read_the_lexicons() -> None:
    screen("吃了 5 mg")


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_kilobytes_are_screened_in_a_tenth_of_a_second(piece: str) -> None:
    text = row(piece, LONG)
    assert seconds(find, text) < 0.1
    assert seconds(lambda long: screen(long, before=long), text) < 0.1


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_kilobytes_pass_no_gate_and_take_a_tenth_of_a_second(piece: str) -> None:
    text = row(piece, LONG)
    assert seconds(lambda long: teaches(long, "", (), ""), text) < 0.1
    assert seconds(tells, text) < 0.1
    assert teaches(text, "", (), "") and tells(text)


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_longest_text_that_is_read_takes_little_time(piece: str) -> None:
    text = row(piece, policy().length)

    def whole(given: str) -> None:
        screen(given, title="t", section=("s",), path="p", before=given)
        teaches(given, "t", ("s",), "p")

    assert seconds(whole, text) < 0.3


@pytest.mark.parametrize("piece", HOSTILE)
def test_normalising_hostile_text_takes_linear_time(piece: str) -> None:
    assert seconds(views, row(piece, LONG)) < 1.0
