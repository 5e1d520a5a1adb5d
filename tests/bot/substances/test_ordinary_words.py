"""A word of the language is that word: never a drug by its sound or by a letter."""

import pytest

from benchmarks.ordinary import guessed, sentences, taken
from bot.substances.naming import curated
from bot.vocabulary.text import key
from tests.bot.asking import mentions, named

EVERY = 23
"""One word of so many of the lists is read here; `python -m benchmarks.ordinary` reads all."""


def test_no_ordinary_word_is_taken_for_a_drug_that_is_not_called_so() -> None:
    wrong = {
        (word, name)
        for word, sentence, _ in sentences(EVERY)
        for name in taken(curated(), word, sentence)
        if key(name) != key(word)
    }
    assert wrong == set()


def test_beside_a_drug_no_ordinary_word_is_a_drug_misspelt() -> None:
    words = {word: beside for word, _, beside in sentences(EVERY)}
    assert {word for word, beside in words.items() if guessed(curated(), word, beside)} == set()


@pytest.mark.parametrize(
    "text",
    [
        "is a saliva test for anything",
        "ambient music at the concert",
        "the lyrics of the song",
        "red pepper",
        "change my plans",
        "封闭的房间",
        "城里有没有市民公园",
        "砖块就放在那里",
        "蛋糕里放几克糖",
    ],
)
def test_words_that_were_taken_for_drugs_are_words(text: str) -> None:
    assert not mentions(text, asked=True)


def test_a_name_in_parts_is_not_the_word_that_its_letters_make() -> None:
    assert named("the same codeine pills") == {"codeine"}


@pytest.mark.parametrize(
    ("text", "substance"),
    [
        ("clonazepan dependence", "clonazepam"),
        ("i took heroine", "heroin"),
        ("绿安酮伤膀胱吗", "ketamine"),
        ("吃了一颗糖，蹦迪嗨到不行", "mdma"),
    ],
)
def test_a_misspelt_name_that_is_no_word_is_still_a_name(text: str, substance: str) -> None:
    assert substance in named(text)
