"""Small corpora for the tests of retrieval."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from embeddings.build import Content, build
from embeddings.documents import Passage
from embeddings.snapshot import Snapshot, load
from tests.bot.retrieval.making import DOCUMENT, Corpus
from tests.letters import LetterEncoder


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    def make(passages: Sequence[Passage]) -> Snapshot:
        texts = [passage.text for passage in passages]
        content = Content([DOCUMENT], passages, [], texts, {"screening": "1"}, {}, {})
        build(tmp_path, content, LetterEncoder())
        return load(tmp_path)

    return make
