"""What stands in an answer to danger: no trip report, and nothing found by chance."""

from pathlib import Path

import pytest

from bot.corpus.ingest import ingest
from bot.pipeline import Bot
from bot.question.question import Question
from embeddings.encoder import SentenceEncoder
from embeddings.library import Library

STORY = """# Ketamine, a night out

## What happened

On ketamine my friend was unconscious and did not wake up for a while. We waited beside him
and thought that it was funny. Later he woke up and told us about the tunnel and the stars.
"""
PAGE = """# Ketamine

## Overdose

Somebody who is unconscious after ketamine and does not wake up may choke on vomit. Ketamine with
alcohol or other depressants makes breathing slow; this is an emergency in every case.
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, model: SentenceEncoder) -> Bot:
    folder, data = tmp_path_factory.mktemp("told"), tmp_path_factory.mktemp("data")
    (folder / "reports").mkdir()
    (folder / "reports" / "night.md").write_text(STORY, encoding="utf-8")
    (folder / "ketamine.md").write_text(PAGE, encoding="utf-8")
    entry = '[[source]]\nname = "{}"\ninclude = ["{}"]\nkind = "{}"\n'
    entries = (entry.format("told", "reports/*", "report"), entry.format("wiki", "*.md", "wiki"))
    (folder / "sources.toml").write_text("\n".join(entries), encoding="utf-8")
    ingest([folder], data, model)
    return Bot(Library(Path(data)), lambda: model)


def quoted(bot: Bot, question: str) -> set[str]:
    answer = bot.ask(Question(question))
    beside = [passage for block in answer.safety for passage in block.passages]
    return {passage.citation.document for passage in (*answer.passages, *beside)}


def test_no_report_stands_in_an_answer_to_danger(told: Bot) -> None:
    question = "my friend took ketamine and is unconscious, he does not wake up"
    found = quoted(told, question)
    assert found
    assert not any("night" in name for name in found)


def test_nothing_is_looked_up_for_a_cry_for_help_that_names_nothing(told: Bot) -> None:
    answer = told.ask(Question("he is unconscious and does not wake up"))
    assert answer.kind == "emergency"
    assert not answer.passages


def test_a_report_stands_in_another_answer(told: Bot) -> None:
    found = quoted(told, "what do people see on ketamine, a tunnel and stars?")
    assert any("night" in name for name in found)
