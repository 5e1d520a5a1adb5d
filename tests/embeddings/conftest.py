from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.build import Content, build
from embeddings.documents import Document, Passage
from tests.letters import LetterEncoder

SENTENCES = (
    "Ketamine can cause dissociation. It fades within hours.",
    "酒精与苯二氮䓬类药物合用会抑制呼吸。",
    "Cocaine blocks the reuptake of dopamine.",
    "长期使用可能损伤膀胱。",
)


def content_of(*texts: str) -> Content:
    source = "\n\n".join(texts)
    document = Document(
        id="a.txt", source="a", title="Harms", text=source, markup="text", sha256="0"
    )
    starts = [source.index(text) for text in texts]
    passages = [
        Passage(
            id=f"p{start}",
            document="a.txt",
            start=start,
            end=start + len(text),
            text=text,
            section=("Risks",),
            language="en" if text.isascii() else "zh-Hans",
        )
        for start, text in zip(starts, texts, strict=True)
    ]
    return Content([document], passages, [], list(texts), {"screening": "1"}, {}, {})


@pytest.fixture
def encoder() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture
def make(tmp_path: Path, encoder: LetterEncoder) -> Callable[..., str]:
    def snapshot(*texts: str) -> str:
        return build(tmp_path, content_of(*texts), encoder)

    return snapshot
