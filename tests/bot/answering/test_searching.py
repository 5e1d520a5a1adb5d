"""Plain search ranks as an answer does, and shows what an answer would hold back."""

import pytest

from bot.pipeline import Bot, Question

ASKED = [
    "艾司氯胺酮的不良反应有哪些",
    "氯胺酮和阿片类一起用",
    "氯胺酮会上瘾吗",
    "how does ketamine work in the brain",
    "ketamine and depression",
    "解离是什么感觉",
]


@pytest.mark.parametrize("asked", ASKED)
def test_a_search_ranks_as_an_answer_does(bot: Bot, asked: str) -> None:
    answered = [passage.id for passage in bot.ask(Question(asked)).passages]
    found = [passage.id for passage in bot.search(asked, limit=30).passages]
    # An answer leaves out what repeats a better passage; what it quotes stands in the same order.
    assert answered
    assert [name for name in found if name in answered] == answered
    assert found[0] == answered[0]


def test_a_search_goes_on_where_an_answer_would_be_silent(bot: Bot) -> None:
    silent = "氯胺酮有什么味道"
    assert bot.ask(Question(silent)).kind == "not_found"
    assert bot.search(silent, limit=5).passages


def test_a_search_gives_as_many_as_are_wanted(bot: Bot) -> None:
    found = [passage.id for passage in bot.search("芬太尼和氯胺酮", limit=20).passages]
    assert len(found) == len(set(found)) == 20
