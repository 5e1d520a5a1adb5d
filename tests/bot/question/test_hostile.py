"""Time that questions written to cost time take: linear, for each expression and for the whole."""

import importlib
import pkgutil
import re
import time

import pytest

import bot.question
from bot.question.question import Question, written
from tests.bot.asking import triage

# Read by the program's own rules alone, never by a visitor's text.
OWN = {"bot.question.rules._STEP"}
EXPRESSIONS = [
    pytest.param(value, id=f"{found.name}.{name}")
    for found in pkgutil.iter_modules(bot.question.__path__, "bot.question.")
    for name, value in vars(importlib.import_module(found.name)).items()
    if isinstance(value, re.Pattern) and f"{found.name}.{name}" not in OWN
]
PIECES = [
    "a", "k ", "1", "1,", "1 ", "12 ", "a.", "a-", "a1-", "a b ", "_", "-", ".", "/", " ", "'", "=",
    ". ", ".- ", ".-/", "0x", "\\x6b", "6b:", "%6b", "&#x6b;", "\\u6c2f", "01101011 ", "a2V0", "死",
    "死 ", "死*", "死.", "我16", "岁", "k粉1", "氯", "去甲", "受体", "( ", "[]", "ketaminedose",
    "to be ", "er shi ", "zhuang", "xianguo", "i am 1", "and ", "1/", "1.5", "mg", "\u0301a", "к",
    "a@$", "aaab",
    "什么", "，", "？", "that is the ", "18 ", "26-", "1-1-", "ay", "stray ",
]  # fmt: skip
TAILS = ("!", "1")


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_no_expression_takes_long_on_a_text_made_for_it(expression: re.Pattern[str]) -> None:
    slow = []
    for piece in PIECES:
        for tail in TAILS:
            text = (piece * 8_000)[:8_000] + tail
            start = time.process_time()
            for _ in expression.finditer(text):
                pass
            if time.process_time() - start > 0.1:
                slow.append(piece + tail)
    assert not slow


@pytest.mark.parametrize("phrase", ["\ufdfa", "\ufdfb", "\ufdfaK"])
def test_a_character_that_unfolds_to_a_sentence_costs_no_more_than_another(phrase: str) -> None:
    triage("warm")
    text = (phrase * 100_000)[:100_000]
    start = time.process_time()
    triage(text)
    assert time.process_time() - start < 0.4
    assert Question(phrase).text == written(phrase) != phrase
