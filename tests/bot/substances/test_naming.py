"""Which substance a name means where chemistry changes it."""

import pytest

from bot.substances.lexicon import classes_of
from bot.substances.naming import altered, curated
from bot.vocabulary.text import Text


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("氟溴唑仑会成瘾吗", "bromazolam"),
        ("3-甲基芬太尼危险吗", "fentanyl"),
        ("乙酰可待因", "codeine"),
    ],
)
def test_a_name_after_a_chemical_prefix_is_another_substance_of_the_class(
    text: str, known: str
) -> None:
    found = curated().named(Text(text))
    assert known not in found
    assert found and found <= classes_of({known})


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("去氧麻黄碱的危害", "methamphetamine"),
        ("甲基苯丙胺的危害", "methamphetamine"),
        ("氟硝西泮和酒", "flunitrazepam"),
        ("去甲氯胺酮的作用", "ketamine"),
        ("过去甲卡西酮很常见", "methcathinone"),
    ],
)
def test_a_name_that_begins_like_a_prefix_stays_what_it_is(text: str, known: str) -> None:
    assert known in curated().named(Text(text))


def test_a_class_stays_a_class_after_a_prefix() -> None:
    assert "amphetamine-class" in curated().named(Text("二甲氧基苯丙胺类物质"))


def test_the_length_of_a_prefix_is_told() -> None:
    assert (altered("氟溴唑仑", 1), altered("吃溴唑仑", 1)) == (1, 0)


@pytest.mark.parametrize(("text", "length"), [("4-ho-mxe", 5), ("is 3-mxe", 2), ("n,n-mxe", 0)])
def test_the_numbers_before_a_name_make_another_substance_of_it(text: str, length: int) -> None:
    assert altered(text, text.index("mxe")) == length
