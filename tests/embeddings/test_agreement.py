"""An index is answered from only with the model that made it."""

from pathlib import Path

import pytest

from bot.corpus.ingest import ingest
from bot.pipeline import Bot, Question
from embeddings.agreement import require_agreement
from embeddings.errors import ModelMismatch
from embeddings.library import Library
from embeddings.snapshot import load
from tests.letters import LetterEncoder

OTHER = LetterEncoder("another model, with vectors of the same length")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "wiki").mkdir()
    (tmp_path / "wiki" / "k.md").write_text(
        "# 氯胺酮\n\n氯胺酮会让人解离，也可能让人上瘾。\n", "utf-8"
    )
    ingest([tmp_path / "wiki"], tmp_path / "data", LetterEncoder())
    return tmp_path / "data"


def test_the_model_that_made_an_index_agrees_with_it(data: Path) -> None:
    require_agreement(load(data), LetterEncoder())


def test_with_another_model_nothing_is_looked_up_and_it_is_said_what_to_do(data: Path) -> None:
    bot = Bot(Library(data), lambda: OTHER)
    with pytest.raises(ModelMismatch, match="safepassage ingest"):
        bot.ask(Question("氯胺酮会上瘾吗"))


def test_an_emergency_is_answered_all_the_same(data: Path) -> None:
    answer = Bot(Library(data), lambda: OTHER).ask(Question("我朋友吸了K粉之后叫不醒，嘴唇发紫"))
    assert answer.kind == "emergency"
    assert answer.resources
    assert not answer.passages
