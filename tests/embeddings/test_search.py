from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.search import Arms, Query, Weights, arms, lifted, scaled, search
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
    query = Query("bladder", expansions=["膀胱"], weights=Weights(passage=0, sentence=0))
    assert texts(snapshot, encoder, query)[0] == SENTENCES[3]


def test_what_is_not_allowed_is_not_found(snapshot: Snapshot, encoder: LetterEncoder) -> None:
    query = Query(
        "dopamine reuptake", allowed=np.array([p.language != "en" for p in snapshot.passages])
    )
    assert SENTENCES[2] not in texts(snapshot, encoder, query)


def test_a_prior_lifts_a_passage(snapshot: Snapshot, encoder: LetterEncoder) -> None:
    added = np.array([float("膀胱" in p.text) for p in snapshot.passages], dtype=np.float32)
    query = Query("dopamine reuptake", prior=added)
    assert texts(snapshot, encoder, query)[0] == SENTENCES[3]


def test_an_empty_question_finds_nothing(snapshot: Snapshot, encoder: LetterEncoder) -> None:
    assert search(snapshot, encoder.encode(["  "])[0], Query("  "), 4) == []


def test_the_dense_score_is_the_mean_of_passage_and_best_sentence(
    snapshot: Snapshot, encoder: LetterEncoder
) -> None:
    vector = encoder.encode(["reuptake"])[0]
    for hit in search(snapshot, vector, Query("reuptake"), 4):
        row = snapshot.rows[hit.passage.id]
        whole = float(snapshot.dense.vectors([row])[0] @ vector)
        best = float((snapshot.sentences.of(row).vectors.astype(np.float32) @ vector).max())
        assert hit.dense == pytest.approx((whole + best) / 2, abs=1e-5)


def test_the_best_sentences_of_many_passages_are_those_of_each(
    snapshot: Snapshot, encoder: LetterEncoder
) -> None:
    vector = encoder.encode(["dopamine"])[0]
    rows = np.array([3, 0, 2])
    each = [snapshot.sentences.best(np.array([row]), vector)[0] for row in rows]
    assert snapshot.sentences.best(rows, vector).tolist() == pytest.approx(each)


def test_words_of_the_headings_are_scored_by_themselves(
    snapshot: Snapshot, encoder: LetterEncoder
) -> None:
    passage = snapshot.passages[0]
    words = " ".join([snapshot.documents[passage.document].title, *passage.section])
    found = arms(snapshot, encoder.encode([words])[0], Query(words))
    assert found.heading[0] > 0


def test_the_best_passage_of_a_document_lifts_the_others(snapshot: Snapshot) -> None:
    scores = np.array([1.0, 0.0, 0.0, 0.0], dtype=np.float32)
    assert lifted(scores, snapshot, 0.5).tolist() == pytest.approx([1.5, 0.5, 0.5, 0.5])


@given(st.floats(-1, 1), st.floats(0, 1000))
def test_every_arm_lies_between_zero_and_one(cosine: float, bm25: float) -> None:
    cosines, scores = np.array([cosine], np.float32), np.array([bm25], np.float32)
    for part in scaled(cosines, Arms(cosines, scores, scores), Weights()):
        assert 0 <= part[0] <= 1
