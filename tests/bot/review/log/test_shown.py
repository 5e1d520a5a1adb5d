"""An answer kept in parts comes back exactly as it was shown."""

import json

from bot.review.log.shown import apart, together
from tests.bot.review.answers import CHOICE, answer, passage


def test_an_answer_comes_back_as_it_was() -> None:
    shown = answer(passages=(passage(1), passage(2, "另一段 ▢ 原文。")))
    kept, contents = apart(shown)
    stored = json.loads(json.dumps(kept)), json.loads(json.dumps(contents))
    assert together(*stored) == shown


def test_the_same_passage_in_two_answers_is_one_content() -> None:
    one = apart(answer(passages=(passage(1),)))[1]
    other = apart(answer(passages=(passage(1).model_copy(update={"number": 4, "highlights": ()}),)))
    assert one == other[1]


def test_the_questions_of_choices_are_redacted() -> None:
    kept, _ = apart(answer(choices=(CHOICE,)))
    assert kept["choices"][0]["question"] == "我叫[name]，喵喵是什么？"
