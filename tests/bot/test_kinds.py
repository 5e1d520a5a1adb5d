"""One table of the kinds of question."""

from typing import get_args

from bot.answer import AnswerKind
from bot.answering.wording import SHIPPED
from bot.kinds import DANGERS, DECLINED, KINDS, PRESSING, Kind, answers_to


def test_every_kind_stands_in_the_table_once() -> None:
    assert tuple(KINDS) == get_args(Kind)


def test_danger_goes_before_what_is_declined_and_both_before_the_rest() -> None:
    order = [kind in DANGERS for kind in PRESSING]
    assert order == sorted(order, reverse=True)
    assert tuple(KINDS)[: len(PRESSING)] == PRESSING
    assert not DANGERS & DECLINED


def test_every_kind_has_an_answer_and_first_words_that_there_are() -> None:
    for kind, traits in KINDS.items():
        assert traits.answer in get_args(AnswerKind)
        for name in traits.first_words:
            assert SHIPPED.message(name, "zh-Hans").text, kind


def test_whoever_is_in_danger_or_declined_is_told_whom_to_call() -> None:
    assert all(KINDS[kind].contacts for kind in PRESSING)
    assert answers_to(DANGERS) == {"emergency", "crisis"}
