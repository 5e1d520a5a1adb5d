"""What a question asks about its substances."""

import pytest

from tests.bot.asking import subject_of


@pytest.mark.parametrize(
    "asked", ["K粉和酒", "GHB+酒", "氯胺酮和酒能一起喝吗", "is it ok to mix ketamine with alcohol"]
)
def test_two_names_or_a_word_for_both_ask_about_taking_them_together(asked: str) -> None:
    assert subject_of(asked).combined


@pytest.mark.parametrize(
    "asked",
    ["氯胺酮会上瘾吗", "氯胺酮能帮助酒精依赖的人戒酒吗", "Can ketamine reduce alcohol craving?"],
)
def test_what_one_does_for_the_other_is_something_else(asked: str) -> None:
    assert not subject_of(asked).combined


def test_two_ordinary_words_joined_are_both_names() -> None:
    assert subject_of("邮票和叶子一起").substances == {"lsd", "cannabis"}
    assert not subject_of("邮票贵吗").substances
