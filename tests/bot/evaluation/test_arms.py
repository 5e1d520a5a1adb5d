"""The whole program as an arm: what is measured at ten passages is what a visitor sees of five."""

import pytest

from bot.evaluation import question_of
from bot.evaluation.cases import DEPTH, FIRST
from bot.evaluation.rows import read_rows
from bot.pipeline import Bot
from tests.places import DATA

ROWS = read_rows(DATA / "seeds_dev.jsonl")


@pytest.mark.parametrize("row", ROWS[::3], ids=lambda row: row["id"])
def test_the_first_five_of_ten_are_the_five_of_an_answer(bot: Bot, row: dict[str, object]) -> None:
    five, ten = (
        [passage.id for passage in bot.ask(question_of(row, limit)).passages]
        for limit in (FIRST, DEPTH)
    )
    assert ten[:FIRST] == five
