from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.errors import SnapshotCorrupt, SnapshotMissing
from embeddings.snapshot import directory_of, ids_of, load
from tests.embeddings.conftest import SENTENCES

Make = Callable[..., str]
FILES = (
    "manifest.json",
    "documents.jsonl",
    "passages.jsonl",
    "withheld.jsonl",
    "dense.faiss",
    "sentences.npz",
    "keys.json",
    "lexical/vocab.index.json",
)


def test_a_missing_snapshot_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SnapshotMissing, match="safepassage ingest"):
        load(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_noticed(make: Make, tmp_path: Path, name: str) -> None:
    path = directory_of(tmp_path, make(*SENTENCES)) / name
    path.write_bytes(path.read_bytes()[:-2] + b"xx")
    with pytest.raises(SnapshotCorrupt, match="safepassage ingest"):
        load(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_lost_file_is_noticed(make: Make, tmp_path: Path, name: str) -> None:
    (directory_of(tmp_path, make(*SENTENCES)) / name).unlink()
    with pytest.raises(SnapshotCorrupt, match="safepassage ingest"):
        load(tmp_path)


def test_a_pointer_to_nowhere_is_noticed(make: Make, tmp_path: Path) -> None:
    make(*SENTENCES)
    (tmp_path / "current").write_text("0123456789abcdef\n")
    with pytest.raises(SnapshotCorrupt):
        load(tmp_path)


def test_the_ids_of_an_earlier_snapshot_can_be_listed(make: Make, tmp_path: Path) -> None:
    name = make(*SENTENCES)
    assert {"a.txt", "p0"} <= ids_of(directory_of(tmp_path, name))


def test_what_passages_share_is_in_memory_once(make: Make, tmp_path: Path) -> None:
    make(*SENTENCES)
    first, second = load(tmp_path).passages[:2]
    assert first.section is second.section
    assert first.document is second.document
