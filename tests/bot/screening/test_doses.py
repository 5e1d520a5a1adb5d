"""Finding and masking amounts: on real lines and in every style."""

import csv
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import MARK
from bot.screening.doses import find, mask
from tests.amounts import Planted, amounts, sentences
from tests.places import SEEDS, SHARED

LINES = SHARED / "eval"
"""Lines from real pages, which are read where they lie beside the checkout and not shipped."""

SEED = SEEDS / "002_4496df4819806e38.txt"


def lines(name: str) -> list[str]:
    if not (LINES / name).exists():
        pytest.skip(f"there is no {name} beside this checkout")
    with (LINES / name).open(encoding="utf-8", newline="") as file:
        return [row[0] for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row]


def hidden(text: str) -> str:
    return mask(text, find(text)).text


def test_at_least_99_percent_of_real_dose_lines_are_found() -> None:
    doses = lines("dose_lines.tsv")
    missed = [line for line in doses if not find(line)]
    assert len(missed) <= 0.01 * len(doses), missed


def test_at_most_3_percent_of_lines_without_a_dose_are_hit() -> None:
    others = lines("not_dose_lines.tsv")
    hit = [line for line in others if find(line)]
    assert len(hit) <= 0.03 * len(others), hit


def test_the_digits_of_real_doses_do_not_survive() -> None:
    for line in lines("grey_lines.tsv")[:-1]:
        assert MARK in hidden(line)
    assert "720" not in hidden(lines("grey_lines.tsv")[5])


@pytest.mark.parametrize("amount", ["0. 5 mg/kg", "3 mg/kg", "30 mg/kg"])
def test_the_doses_of_the_review_are_masked(amount: str) -> None:
    review = SEED.read_text(encoding="utf-8")
    assert amount in review
    assert amount not in hidden(review)


@pytest.mark.parametrize(
    "value",
    ["2~5 L/kg", "12~20 mL/min/kg", "1 000~1 600 mL/min", "2. 5 h", "72%", "237. 73", "28. 9%",
     "3~4倍", "24 h", "1~2周", "2023年 4月", "10%~30%", "［10-11］", "72小时"],
)  # fmt: skip
def test_the_other_numbers_of_the_review_stay(value: str) -> None:
    review = SEED.read_text(encoding="utf-8")
    assert value in review
    assert review.count(value) == hidden(review).count(value)


@given(amounts(), sentences())
@settings(max_examples=1500, deadline=None)
def test_an_amount_in_any_style_is_masked(planted: Planted, around: tuple[str, str]) -> None:
    shown = hidden(planted.written.join(around))
    assert shown == (planted.prefix + MARK).join(around)


@given(st.text(max_size=200))
@settings(max_examples=400, deadline=None)
def test_what_is_not_masked_is_verbatim(text: str) -> None:
    findings = find(text)
    masked = mask(text, findings)
    kept = [text[a:b] for a, b in zip(
        [0, *(f.end for f in findings)], [*(f.start for f in findings), len(text)], strict=True
    )]  # fmt: skip
    assert masked.text == MARK.join(kept)
    assert all(a.end <= b.start for a, b in pairwise(findings))


@given(st.lists(amounts().map(lambda planted: planted.written) | sentences().map("".join)))
@settings(max_examples=300, deadline=None)
def test_masked_text_holds_nothing_more_to_mask(parts: list[str]) -> None:
    shown = hidden("，".join(parts))
    assert find(shown) == ()


def test_marks_say_where_they_stand_and_why() -> None:
    text = "先吃 50 mg，再吃三片，每4小时一次。"
    masked = mask(text, find(text))
    assert all(masked.text[mark.start : mark.end] == MARK for mark in masked.withheld)
    assert [mark.reason for mark in masked.withheld] == ["amount", "amount", "schedule"]


def test_highlights_move_with_the_text() -> None:
    text = "给予 50 mg 后，呼吸变慢。"
    masked = mask(text, find(text))
    start = text.index("呼吸")
    moved = masked.translate(start, len(text))
    assert masked.text[slice(*moved)] == text[start:]
    inside = masked.translate(text.index("50") + 1, len(text))
    assert masked.text[slice(*inside)].startswith(MARK)


@pytest.mark.parametrize("text", ["每天三片的人膀胱受损", "一天用 40 粒的人更容易成瘾"])
def test_people_who_take_so_many_do_not_clear_the_count(text: str) -> None:
    assert MARK in hidden(text) and "人" in hidden(text)


def test_a_volume_before_the_word_bladder_is_not_the_bladders() -> None:
    assert hidden("11ml氯胺酮可能伤害膀胱").startswith(MARK)
