"""Ordinary words of both languages, and names that are such words."""

import pytest

from bot.vocabulary.ordinary import chinese_words, english_words, is_ordinary, ordinary_words


def test_the_lists_have_words_and_no_comments() -> None:
    assert {"the", "water"} <= ordinary_words()
    assert len(english_words()) > 40_000
    assert len(chinese_words()) == 6_000
    assert not any(word.startswith("#") for word in ordinary_words() | chinese_words())


def test_the_english_words_hold_no_name_of_a_medicine() -> None:
    assert not {"ketamine", "cocaine", "heroin", "diazepam", "xanax"} & english_words()


@pytest.mark.parametrize(
    ("name", "titled", "ordinary"),
    [
        ("ice", False, True),
        ("etizolam", False, False),
        ("Jaguar", False, True),
        ("Jaguar", True, False),
        ("冰", True, True),
        ("叶子", False, True),
        ("叶子", True, False),
        ("艾司唑仑", False, False),
        ("k", True, True),
    ],
)
def test_a_name_that_is_a_word_counts_in_company_only(
    name: str, titled: bool, ordinary: bool
) -> None:
    assert is_ordinary(name, titled) == ordinary
