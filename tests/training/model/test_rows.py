import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from transformers import BertModel

from embeddings.encoder import SHIPPED
from embeddings.graph_encoder import GRAPH
from tests.embeddings.networks import few_pairs, network
from training.model.corpus import Pair
from training.model.graph import write_graph
from training.model.pairs import Batch, Stream
from training.model.rows import Rows

WORDS, TAUGHT = 20, range(10, 20)


@pytest.fixture
def small() -> BertModel:
    return network(WORDS)


@pytest.fixture
def batch() -> Batch:
    return few_pairs()


def test_translations_bring_the_taught_rows_nearer(small: BertModel, batch: Batch) -> None:
    rows = Rows(small, TAUGHT)
    losses = [rows.translate(batch, 0.05) for _ in range(30)]
    assert losses[-1] < 0.5 * losses[0]


def test_answers_bring_a_question_to_its_own_passage(small: BertModel) -> None:
    rows = Rows(small, TAUGHT)
    batch = Batch([[1, 10, 2], [1, 11, 2]], [[1, 12, 13, 2], [1, 14, 15, 2]])
    for _ in range(30):
        rows.answer(batch, 0.05)
    likeness = rows.encode(batch.left) @ rows.encode(batch.right).T
    assert likeness.argmax(axis=1).tolist() == [0, 1]


def test_no_other_row_and_no_layer_moves(small: BertModel, batch: Batch) -> None:
    before = {name: weight.clone() for name, weight in small.state_dict().items()}
    rows = Rows(small, TAUGHT)
    rows.translate(batch, 0.05)
    after = small.state_dict()
    changed = [name for name, weight in before.items() if not torch.equal(weight, after[name])]
    assert changed == ["embeddings.word_embeddings.weight"]
    moved = (before[changed[0]] != after[changed[0]]).any(dim=1).nonzero().flatten().tolist()
    assert moved == [10, 11, 12, 13, 14]


def test_batches_are_full_and_of_like_length() -> None:
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    pairs = [Pair("药" * (1 + n % 30), "drug", "x") for n in range(300)]
    stream = iter(Stream(pairs, tokenizer, 32, (12, 8), seed=1))
    for _ in range(20):
        batch = next(stream)
        assert len(batch.left) == len(batch.right) == 32
        assert max(map(len, batch.left)) <= 12
        assert max(map(len, batch.left)) - min(map(len, batch.left)) <= 6


def test_the_same_seed_gives_the_same_batches() -> None:
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    pairs = [Pair(f"药 {n}", f"drug {n}", "x") for n in range(50)]
    one, two = (iter(Stream(pairs, tokenizer, 8, (9, 9), seed=3)) for _ in range(2))
    assert [next(one) for _ in range(12)] == [next(two) for _ in range(12)]


def test_too_few_pairs_for_a_batch_are_refused() -> None:
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    with pytest.raises(ValueError, match="too few"):
        Stream([Pair("药", "drug", "x")], tokenizer, 8, (9, 9), seed=3)


def test_the_graph_holds_no_weights_of_its_own(tmp_path: Path) -> None:
    for name in ("config.json", "model.safetensors"):
        shutil.copy(SHIPPED / name, tmp_path / name)
    write_graph(tmp_path)
    size = json.loads((tmp_path / "config.json").read_text())["vocab_size"]
    assert (tmp_path / GRAPH).read_bytes() == (SHIPPED / GRAPH).read_bytes()
    assert (tmp_path / GRAPH).stat().st_size < 100_000
    weights = load_file(tmp_path / "model.safetensors")
    assert weights["embeddings.word_embeddings.weight"].shape[0] == size
    assert all(np.isfinite(weight).all() for weight in weights.values())
