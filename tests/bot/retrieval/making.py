"""Small corpora, passages and hits for the tests of what retrieval makes of them."""

from collections.abc import Callable, Sequence

from bot.retrieval.subject import Subject
from embeddings.documents import Document, Language, Passage
from embeddings.search import Hit
from embeddings.snapshot import Snapshot
from tests.bot.asking import subject_of

DOCUMENT = Document("d", "s", "t", "", "text", "0" * 64)

Corpus = Callable[[Sequence[Passage]], Snapshot]


def passage(text: str = "", language: Language = "zh-Hans", **labels: tuple[str, ...]) -> Passage:
    return Passage(text, "d", 0, 1, text, (), language, labels=labels)


def hit(found: Passage, fused: float = 2.0) -> Hit:
    return Hit(found, fused, fused / 4, 5.0)


def subject(asked: str) -> Subject:
    return subject_of(asked)
