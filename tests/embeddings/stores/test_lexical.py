import math
from pathlib import Path

import pytest

from embeddings.stores.lexical import LexicalIndex
from embeddings.text.tokens import tokenise

TEXTS = ["氯胺酮可能损伤膀胱", "酒精损伤肝脏", "ketamine and alcohol", ""]


def bm25(query: str, k1: float = 1.2, b: float = 0.75) -> list[float]:
    """BM25 written out from Robertson and Zaragoza, to check the library against."""
    documents = [tokenise(text) or ["\x00"] for text in TEXTS]
    mean = sum(map(len, documents)) / len(documents)
    scores = [0.0] * len(documents)
    for term in tokenise(query):
        holding = sum(term in document for document in documents)
        if not holding:
            continue
        idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        for row, document in enumerate(documents):
            count = document.count(term)
            scores[row] += (
                idf * count / (count + k1 * (1 - b + b * len(document) / mean)) if count else 0
            )
    return scores


@pytest.mark.parametrize("query", ["损伤膀胱", "alcohol", "酒精 ketamine", "nothing here", ""])
def test_the_scores_are_bm25(query: str) -> None:
    scores = LexicalIndex.build(TEXTS).scores(query)
    assert scores.tolist() == pytest.approx(bm25(query), abs=1e-5)


def test_traditional_finds_simplified() -> None:
    assert LexicalIndex.build(TEXTS).scores("損傷膀胱").argmax() == 0


def test_a_saved_index_scores_the_same(tmp_path: Path) -> None:
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path)
    assert (LexicalIndex.load(tmp_path).scores("酒精") == index.scores("酒精")).all()
