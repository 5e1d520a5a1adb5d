"""What is told before anything is looked up."""

import pytest

from bot.answering.compose import Draft
from bot.answering.replies import opening, tell_not_found, to_choose
from bot.answering.wording import SHIPPED
from tests.bot.asking import subject_of, triage


def opened(question: str, region: str | None = "CN") -> Draft:
    return opening(triage(question), question, "zh-Hans", region, SHIPPED)


def told(draft: Draft) -> list[str]:
    return [message.id for message in draft.messages]


def test_an_emergency_opens_with_the_number_and_a_card() -> None:
    draft = opened("我朋友吸了K粉之后叫不醒，嘴唇发紫")
    assert draft.kind == "emergency"
    assert draft.resources[0].phone == "120"
    assert draft.first_aid
    assert told(draft)[0] == "emergency_intro"


def test_without_a_region_the_line_about_the_local_number_comes_at_once() -> None:
    assert "local_emergency_number" in told(opened("他没有呼吸了", region=None))[:2]


def test_an_amount_that_somebody_names_is_never_judged() -> None:
    assert "amount_not_judged" in told(opened("我吃了50毫克氯胺酮，再吃50毫克可以吗"))


@pytest.mark.parametrize("question", ["氯胺酮会上瘾吗", "what is ketamine"])
def test_an_honest_question_opens_with_nothing(question: str) -> None:
    draft = opened(question)
    assert draft.kind == "answer"
    assert not draft.messages
    assert not draft.resources


def test_a_name_of_several_offers_them_all() -> None:
    draft = to_choose(Draft("answer", "zh-Hans", SHIPPED), subject_of("喵喵会上瘾吗"))
    assert draft.kind == "clarify"
    assert len(draft.choices) == 3
    assert all(choice.label in choice.question for choice in draft.choices)


def test_that_nothing_was_found_on_a_harm_is_no_all_clear() -> None:
    draft = tell_not_found(Draft("answer", "en", SHIPPED), subject_of("is ketamine addictive"))
    assert told(draft) == ["not_found", "not_found_not_safe"]


def test_of_two_substances_both_are_named() -> None:
    draft = tell_not_found(
        Draft("answer", "en", SHIPPED), subject_of("can I mix ketamine and pregabalin")
    )
    [first, *_] = draft.messages
    assert first.id == "pair_not_found"
    assert "ketamine" in first.text
    assert "pregabalin" in first.text
