from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.search import Query, Weights, fuse, search
from embeddings.snapshot import Snapshot, load
from tests.embeddings.conftest import SENTENCES
from tests.letters import LetterEncoder


@pytest.fixture
def snapshot(make: Callable[..., str], tmp_path: Path) -> Snapshot:
    make(*SENTENCES)
    return load(tmp_path)


def texts(snapshot: Snapshot, encoder: LetterEncoder, query: Query) -> list[str]:
    return [hit.passage.text for hit in search(snapshot, encoder.encode([query.text])[0], query, 4)]


@pytest.mark.parametrize(
    ("question", "row"), [("dopamine reuptake", 2), ("膀胱會怎樣", 3), ("苯二氮䓬 呼吸", 1)]
)
def test_words_of_the_passage_find_it(
    snapshot: Snapshot, encoder: LetterEncoder, question: str, row: int
) -> None:
    assert texts(snapshot, encoder, Query(question))[0] == SENTENCES[row]


def test_an_expansion_finds_the_passage_in_the_other_language(
    snapshot: Snapshot, encoder: LetterEncoder
) -> None:
    query = Query("bladder", expansions=["膀胱"], weights=Weights(dense=0))
    assert texts(snapshot, encoder, query)[0] == SENTENCES[3]


def test_what_is_not_allowed_is_not_found(snapshot: Snapshot, encoder: LetterEncoder) -> None:
    query = Query("dopamine reuptake", allowed=lambda passage: passage.language != "en")
    assert SENTENCES[2] not in texts(snapshot, encoder, query)


def test_a_prior_lifts_a_passage(snapshot: Snapshot, encoder: LetterEncoder) -> None:
    query = Query("dopamine reuptake", prior=lambda passage: float("膀胱" in passage.text))
    assert texts(snapshot, encoder, query)[0] == SENTENCES[3]


def test_an_empty_question_finds_nothing(snapshot: Snapshot, encoder: LetterEncoder) -> None:
    assert search(snapshot, encoder.encode(["  "])[0], Query("  "), 4) == []


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_dense_score_mixes_passage_and_best_sentence(
    snapshot: Snapshot, encoder: LetterEncoder, share: float
) -> None:
    vector = encoder.encode(["reuptake"])[0]
    query = Query("reuptake", weights=Weights(sentence=share))
    for hit in search(snapshot, vector, query, 4):
        row = snapshot.rows[hit.passage.id]
        whole = float(snapshot.dense.vectors([row])[0] @ vector)
        expected = (1 - share) * whole + share * snapshot.sentences.best(row, vector)
        assert hit.dense == pytest.approx(expected, abs=1e-5)


@given(st.floats(-1, 1), st.floats(0, 1000))
def test_a_fused_score_lies_between_zero_and_one(cosine: float, bm25: float) -> None:
    assert 0 <= fuse(cosine, bm25, Weights()) <= 1
