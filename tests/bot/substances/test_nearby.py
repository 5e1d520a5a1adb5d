"""What is offered for a name that no source knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.substances.naming import curated
from bot.substances.nearby import OFFERED, nearby
from bot.vocabulary.text import Text

ALL = curated().substances.keys()


def offered(text: str, unseen: bool = True) -> list[str]:
    return [near.substance for near in nearby(Text(text), curated(), ALL, lambda _: unseen)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("is metizolam addictive?", "etizolam"),
        ("methamfetamin dangerous?", "methamphetamine"),
        ("does proketamin cause harm", "ketamine"),
        ("methoxyalprazolam", "alprazolam"),
        ("甲卡酮是什么", "methcathinone"),
        ("安奈酮有什么危害", "methaqualone"),
    ],
)
def test_a_name_that_is_nearly_a_known_one_offers_it(text: str, meant: str) -> None:
    assert meant in offered(text)


def test_the_nearest_name_comes_first() -> None:
    assert offered("metizolam")[0] == "etizolam"


def test_what_is_offered_stands_where_the_unknown_word_stood() -> None:
    text = "那个 Metizolam，会上瘾吗"
    near = nearby(Text(text), curated(), ALL, lambda _: True)[0]
    assert text[near.start : near.end] == "Metizolam"


@pytest.mark.parametrize(
    "text", ["今天天气怎么样", "甲氧胺酮危害", "what is the weather like tomorrow", "Ketamine?"]
)
def test_ordinary_words_and_names_that_are_known_offer_nothing(text: str) -> None:
    assert offered(text) == []


def test_a_word_that_stands_in_the_sources_is_no_slip() -> None:
    assert offered("is metizolam addictive?", unseen=False) == []


def test_a_run_that_cuts_a_word_in_two_is_no_slip() -> None:
    known = ("牵牛花", "种子")
    text = "牵牛花种子是哪种"
    assert not nearby(Text(text), curated(), ALL, lambda word: not any(word in k for k in known))


def test_only_what_the_sources_speak_of_is_offered() -> None:
    assert nearby(Text("metizolam"), curated(), {"ketamine"}, lambda _: True) == ()


@given(st.text(max_size=300))
def test_any_text_offers_at_most_a_few_names_inside_itself(text: str) -> None:
    found = nearby(Text(text), curated(), ALL, lambda _: True)
    assert len(found) <= OFFERED
    assert all(0 <= near.start < near.end <= len(text) for near in found)
