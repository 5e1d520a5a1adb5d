"""Which sentences of a passage are lit."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.answering.highlights import highlight
from bot.substances.naming import curated
from embeddings.build import Content, build
from embeddings.documents import Document, Passage
from embeddings.snapshot import Snapshot, load
from embeddings.text.tokens import tokenise
from tests.letters import LetterEncoder

TEXT = "曲马多 - 会降低阈值。酒精 - 会让人昏迷。大麻 - 会让人焦虑。"
Lit = Callable[[str, frozenset[str]], list[str]]


@pytest.fixture
def lit(tmp_path: Path) -> Lit:
    document = Document("d", "s", "氯胺酮", "", "text", "0" * 64)
    labels = {"page": ("ketamine",)}
    passage = Passage(TEXT, "d", 0, len(TEXT), TEXT, (), "zh-Hans", labels=labels)
    content = Content([document], [passage], [], [TEXT], {"screening": "1"}, {}, {})
    build(tmp_path, content, LetterEncoder())
    snapshot: Snapshot = load(tmp_path)

    def spans(asked: str, substances: frozenset[str]) -> list[str]:
        vector = np.zeros(LetterEncoder().dimension, dtype=np.float32)
        found = snapshot.passages[0]
        places = highlight(snapshot, found, TEXT, vector, tokenise(asked), curated(), substances)
        return [TEXT[start:end] for start, end in places]

    return spans


def test_the_sentence_with_the_words_of_the_question_is_lit(lit: Lit) -> None:
    assert lit("让人焦虑", frozenset({"ketamine"}))[-1] == "大麻 - 会让人焦虑。"


def test_of_two_substances_the_sentence_on_the_other_one_is_lit(lit: Lit) -> None:
    assert lit("", frozenset({"ketamine", "alcohol"})) == ["酒精 - 会让人昏迷。"]
