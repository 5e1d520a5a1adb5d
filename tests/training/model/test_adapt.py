import gzip
import json
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file
from scipy.sparse import csr_array

from embeddings.graph_encoder import GraphEncoder
from tests.embeddings.networks import few_pairs, network
from training.model import corpus
from training.model.__main__ import main
from training.model.adapt import mean, train
from training.model.courses import COURSES, LESSONS, Stage
from training.model.layers import Layers
from training.model.likeness import alike, nearest, term_weights
from training.model.pairs import Batch

WORDS = {"药物": "drug", "睡眠": "sleep", "酒精": "alcohol", "心脏": "heart", "焦虑": "anxiety"}


@pytest.fixture
def batch() -> Batch:
    return few_pairs()


def test_translations_move_the_layers_but_no_english_row(batch: Batch) -> None:
    pupil, before = Layers(network(20), range(10, 20), network(20), 0.1), network(20).state_dict()
    losses = [pupil.translate(batch, 0.02) for _ in range(30)]
    after = pupil.weights()
    rows = "embeddings.word_embeddings.weight"
    assert losses[-1] < 0.5 * losses[0]
    assert torch.equal(before[rows][:10], after[rows][:10])
    assert not torch.equal(
        before["encoder.layer.0.output.dense.weight"], after["encoder.layer.0.output.dense.weight"]
    )


def test_english_stays_where_the_english_model_puts_it(batch: Batch) -> None:
    goal = Layers(network(20), [], network(20), 0.1).encode(batch.right[:1])
    free, held = (Layers(network(20), range(10, 20), network(20), 0.3) for _ in range(2))
    for _ in range(40):
        free.answer(Batch(batch.left, batch.left[::-1]), 0.02)
        held.answer(Batch(batch.left, batch.left[::-1]), 0.02)
        held.translate(batch, 0.02)
    moved = [1 - (pupil.encode(batch.right[:1]) * goal).sum() for pupil in (free, held)]
    assert moved[1] < 0.2 * moved[0]


def test_a_passage_that_two_questions_share_is_not_wrong_for_either() -> None:
    pupil = Layers(network(20), range(10, 20), network(20), 0.1)
    shared = Batch([[1, 10, 2], [1, 11, 2]], [[1, 12, 13, 2], [1, 12, 13, 2]])
    assert pupil.answer(shared, 0.0) == pytest.approx(0, abs=1e-6)


def test_the_weights_that_are_kept_are_copies_taken_on_the_way(batch: Batch) -> None:
    pupil = Layers(network(20), range(10, 20), network(20), 0.1)
    stage = Stage(4, 0.02, 0.01, 1, ("sentences",), (0, 2, 4), 0.1)
    kept = list(train(pupil, [(pupil.translate, iter([batch] * 4))], stage))
    name = "embeddings.word_embeddings.weight"
    start, half, end = (each[name] for each in kept)
    assert len({float(each[10, 0]) for each in (start, half, end)}) == 3
    assert torch.allclose(mean(kept)[name], (start + half + end) / 3)


def test_a_group_is_of_passages_with_rare_words_in_common() -> None:
    texts = [[1, 10 + topic, 20 + topic, 30 + n, 2] for n in range(8) for topic in range(4)]
    groups = list(nearest(term_weights(texts), 4, np.random.default_rng(1)))
    assert len(groups) == 8
    assert all(len({row % 4 for row in group}) == 1 for group in groups)
    assert sorted(np.concatenate(groups)) == list(range(32))


def test_two_cuts_of_one_paragraph_are_in_no_group_together() -> None:
    cuts = [[1, *range(10 * n, 10 * n + 9 + cut), 2] for n in range(1, 9) for cut in (0, 1)]
    weights = term_weights(cuts)
    assert isinstance(weights, csr_array)
    for group in nearest(weights, 4, np.random.default_rng(1)):
        assert len({row // 2 for row in group}) == 4


def test_batches_of_like_passages_keep_questions_with_their_own() -> None:
    passages = [[1, 10 + n % 5, 20 + n, 2] for n in range(40)]
    stream = alike([[1, 20 + n, 2] for n in range(40)], passages, 8, 4, seed=2)
    for _ in range(12):
        batch = next(stream)
        assert len(batch.left) == 8
        assert all(q[1] == p[2] for q, p in zip(batch.left, batch.right, strict=True))


def test_reading_is_of_the_encyclopaedia_alone(tmp_path: Path) -> None:
    write(
        tmp_path, "qp_zh_clean", *(row("q", "p", "什么?", "药", s) for s in ("smile", "drcd-dev"))
    )
    assert [pair.source for pair in corpus.reading(tmp_path)] == ["drcd-dev"]


def test_the_one_command_makes_a_model_that_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [
        (f"{a}和{b}{n}", f"{x} and {y} {n}")
        for n in range(8)
        for a, x in WORDS.items()
        for b, y in WORDS.items()
    ]
    asked = [(f"{zh}{n}?", f"{zh}{n}是一种说法") for zh in WORDS for n in range(30)]
    write(
        tmp_path,
        "dict_clean",
        *(row("zh", "en", *w, "cc-cedict") for w in WORDS.items()),
        *(row("zh", "en", *pair, "cc-cedict") for pair in said),
    )
    write(tmp_path, "parallel_clean", *(row("zh", "en", *pair, "tatoeba") for pair in said))
    write(tmp_path, "qp_zh_clean", *(row("q", "p", *pair, "drcd-dev") for pair in asked))
    out = tmp_path / "model"
    command = ["training", "--data", str(tmp_path), "--out", str(out), "--cycles", "1"]
    monkeypatch.setattr(sys, "argv", command)
    main()
    vectors = GraphEncoder(out, "made").encode(["药物和睡眠", "drug and sleep"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert all(np.isfinite(w).all() for w in load_file(out / "model.safetensors").values())


def test_every_stage_teaches_what_there_is() -> None:
    stages = [stage for course in COURSES for stage in course]
    assert {name for stage in stages for name in stage.lessons} == set(LESSONS)
    assert len({stage.seed for stage in stages}) == len(stages)
    assert all(course[-1].kept for course in COURSES)


def test_what_is_kept_lies_inside_its_stage() -> None:
    for stage in (stage for course in COURSES for stage in course):
        assert all(0 <= kept <= stage.cycles for kept in stage.kept)


def row(left: str, right: str, one: str, other: str, source: str) -> dict[str, str]:
    return {left: one, right: other, "src": source}


def write(folder: Path, name: str, *rows: dict[str, str]) -> None:
    lines = "\n".join(json.dumps(each) for each in rows)
    (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
