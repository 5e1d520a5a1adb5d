"""Codes of letters and digits that name a substance, and what only looks like one."""

import pytest

from bot.substances.codes import codes
from tests.bot.asking import triage


@pytest.mark.parametrize(
    "code", ["5-apb", "2c-t-21", "ic-26", "3-meo-pcmo", "4-aco-mipt", "2-ai", "1cp-lsd", "u-47700"]
)
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
        "5g-lsd",
        "2tabs-mdma",
        "k-1000",
    ],
)
def test_amounts_times_and_words_are_no_codes(text: str) -> None:
    assert list(codes(text)) == []


@pytest.mark.parametrize(
    "name",
    [
        "1cP-LSD",
        "25N-NBOMe",
        "2C-T-21",
        "3-HO-PCP",
        "4F-MPH",
        "U-47700",
        "8-氯茶碱",
        "2,5-二甲氧基苯乙胺",
    ],
)
@pytest.mark.parametrize(
    "question",
    [
        "{}的副作用大吗",
        "{}戒断难受吗",
        "{}和SSRI有相互作用吗",
        "{}尿检能查出来几天",
        "is it safe to take {} while pregnant",
        "what's the difference between {} and ketamine",
    ],
)
def test_a_name_with_digits_makes_no_honest_question_one_about_amounts(
    name: str, question: str
) -> None:
    assert triage(question.format(name)).kind == "information"


@pytest.mark.parametrize(
    "question",
    ["100-LSD够吗", "mdma-150 too much?", "2C-B-20够不够", "5g-LSD 多不多", "K-1000 够嗨吗"],
)
def test_an_amount_written_like_a_code_is_still_one(question: str) -> None:
    assert triage(question).kind == "dosing"


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
