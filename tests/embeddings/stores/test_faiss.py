from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings.errors import SnapshotCorrupt
from embeddings.stores.faiss import FaissStore


@pytest.fixture
def vectors() -> NDArray[np.float32]:
    found = np.random.default_rng(1).normal(size=(300, 16)).astype(np.float32)
    unit: NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def test_exact_search_agrees_with_numpy(vectors: NDArray[np.float32]) -> None:
    rows, scores = FaissStore.build(vectors).search(vectors[7], 10)
    expected = np.argsort(-(vectors @ vectors[7]))[:10]
    assert rows.tolist() == expected.tolist()
    assert scores == pytest.approx(np.sort(vectors @ vectors[7])[::-1][:10], abs=1e-5)


def test_the_graph_finds_what_exact_search_finds(vectors: NDArray[np.float32]) -> None:
    graph = FaissStore.build(vectors, exact_up_to=100)
    found = [set(graph.search(v, 10)[0]) & set(np.argsort(-(vectors @ v))[:10]) for v in vectors]
    assert sum(map(len, found)) / (10 * len(vectors)) > 0.9


def test_more_is_asked_for_than_there_is(vectors: NDArray[np.float32]) -> None:
    rows, _ = FaissStore.build(vectors[:3]).search(vectors[0], 10)
    assert sorted(rows) == [0, 1, 2]


def test_a_saved_store_is_the_same(vectors: NDArray[np.float32], tmp_path: Path) -> None:
    FaissStore.build(vectors).save(tmp_path / "dense")
    assert (FaissStore.load(tmp_path / "dense").vectors([1, 5]) == vectors[[1, 5]]).all()


def test_a_damaged_file_says_what_to_run(tmp_path: Path) -> None:
    (tmp_path / "dense").write_bytes(b"nonsense")
    with pytest.raises(SnapshotCorrupt, match="safepassage ingest"):
        FaissStore.load(tmp_path / "dense")
