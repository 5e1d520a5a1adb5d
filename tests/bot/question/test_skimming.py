"""Very long texts: danger is found wherever it stands, and quickly."""

import time

import pytest

from bot.question.skimming import LONG
from tests.bot.asking import triage

SIGNS = [
    ("my friend wont wake up and his lips are blue", "emergency"),
    ("他叫不醒了，嘴唇發紫", "emergency"),
    ("i want to kill myself", "crisis"),
    ("不想活了", "crisis"),
]
FILLERS = [
    "lorem ipsum dolor sit amet ",
    "氯胺酮是一种解离性麻醉药，研究报告了它的副作用。",
    "x",
    "Patients in the trial reported nausea and dizziness after the infusion. ",
]


@pytest.mark.parametrize("filler", FILLERS)
@pytest.mark.parametrize(("sign", "kind"), SIGNS)
@pytest.mark.parametrize("place", [0, 3_000, 41_234, 98_000])
def test_danger_is_seen_anywhere_in_a_long_text(
    filler: str, sign: str, kind: str, place: int
) -> None:
    text = (filler * 100_000)[:100_000]
    assert triage(f"{text[:place]}\n{sign}\n{text[place:99_000]}").kind == kind


@pytest.mark.parametrize("filler", FILLERS)
def test_a_long_text_without_danger_is_no_alarm(filler: str) -> None:
    seen = triage((filler * 100_000)[:100_000])
    assert not seen.emergency
    assert not seen.crisis


@pytest.mark.parametrize(
    "unit",
    [
        "氯胺酮吃了多少毫克", "a", "k ", "lv an tong ", "_", "叫不醒", "1 mg ", "how much ", "唔",
        "my friend wont wake up. ", "a2V0YW1p", "\u200b", "Ｋ", "🐴", "不", "6b ", "1,", "\ud800x",
    ],
)  # fmt: skip
def test_hostile_text_takes_little_time(unit: str) -> None:
    """A tenth of a second on an idle core; four times that where the tests share one."""
    triage("warm")
    triage("x" * (LONG + 1))
    text = (unit * 100_000)[:100_000]
    took = []
    for _ in range(3):
        start = time.process_time()
        triage(text)
        took.append(time.process_time() - start)
    assert min(took) < 0.4
