"""Codes of letters and digits that name a substance, and what only looks like one."""

import pytest

from bot.questions.codes import codes
from bot.triage import triage


@pytest.mark.parametrize("code", ["5-apb", "2c-t-21", "ic-26", "3-meo-pcmo", "4-aco-mipt", "2-ai"])
def test_a_code_is_found_where_it_stands(code: str) -> None:
    text = f"右美和{code}同时用可以吗"
    assert [text[start:end] for start, end in codes(text)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "20-mg of it",
        "a 24-hour day",
        "0.5-1g",
        "20-30mg",
        "18-year-old",
        "10-20",
        "well-known",
        "5-10x",
    ],
)
def test_amounts_times_and_words_are_no_codes(text: str) -> None:
    assert list(codes(text)) == []


@pytest.mark.parametrize(
    "question",
    [
        "右美和5-APB同时用可以吗",
        "5-APB在英国算几级管制",
        "2-AI 可以配酒喝嗎？",
    ],
)
def test_the_digits_of_a_code_are_no_amount(question: str) -> None:
    assert triage(question).kind == "information"


@pytest.mark.parametrize("question", ["5-APB 120mg够吗", "how much 5-APB should i take"])
def test_an_amount_beside_a_code_is_still_one(question: str) -> None:
    assert triage(question).kind == "dosing"
