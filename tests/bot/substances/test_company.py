"""Ordinary words that are names of drugs: in the company of drugs, and of nothing else."""

import pytest

from tests.bot.asking import mentions, named


@pytest.mark.parametrize(
    ("text", "substance"),
    [
        ("吸了点冰停不下来", "methamphetamine"),
        ("叶子抽多了难受", "cannabis"),
        ("molly at a rave", "mdma"),
        ("coke and molly", "cocaine"),
        ("K", "ketamine"),
        ("can you snort ice", "methamphetamine"),
    ],
)
def test_in_company_a_word_is_a_drug(text: str, substance: str) -> None:
    assert substance in named(text)


@pytest.mark.parametrize(
    "text",
    ["冰箱坏了", "I ordered a coke", "叶子落了一地", "1 g of salt", "糖放多了", "speed limit"],
)
def test_by_itself_it_is_a_word(text: str) -> None:
    assert not mentions(text)


def test_a_question_that_asks_for_an_amount_is_company_for_a_short_name() -> None:
    assert mentions("K多少钱", asked=True)
    assert not mentions("K多少钱", printed=True)


def test_in_print_a_word_is_a_word_but_in_the_capitals_of_a_name() -> None:
    assert not mentions("我们met在街上吸食", printed=True)
