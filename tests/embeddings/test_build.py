import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings.build import KEEP, build
from embeddings.errors import SafePassageError, StorageFailed
from embeddings.snapshot import current_id, load
from tests.embeddings.conftest import SENTENCES, content_of
from tests.letters import LetterEncoder

Make = Callable[..., str]


def test_a_snapshot_comes_back_as_it_was_built(make: Make, tmp_path: Path) -> None:
    name = make(*SENTENCES)
    snapshot = load(tmp_path)
    assert snapshot.id == name == current_id(tmp_path)
    assert tuple(p.text for p in snapshot.passages) == SENTENCES
    assert list(snapshot.passages) == content_of(*SENTENCES).passages
    assert len(snapshot.dense) == len(snapshot.lexical) == len(snapshot.sentences) == 4


def test_equal_content_gives_an_equal_id(make: Make) -> None:
    assert make(*SENTENCES) == make(*SENTENCES)
    assert make(*SENTENCES) != make(*SENTENCES[:3])


def test_unchanged_passages_keep_their_vectors(
    make: Make, tmp_path: Path, encoder: LetterEncoder
) -> None:
    make(*SENTENCES)
    before = load(tmp_path).dense.vectors(range(4))
    encoder.encoded.clear()
    make(*SENTENCES, "A new sentence.")
    assert all("new sentence" in text for text in encoder.encoded)
    assert (load(tmp_path).dense.vectors(range(4)) == before).all()


def test_another_model_encodes_everything_again(make: Make, tmp_path: Path) -> None:
    make(*SENTENCES)
    other = LetterEncoder("letters-2")
    build(tmp_path, content_of(*SENTENCES), other)
    assert len(other.encoded) >= len(SENTENCES)


def test_only_the_last_few_snapshots_stay(make: Make, tmp_path: Path) -> None:
    names = [make(f"Sentence number {letter}.") for letter in "abcdef"]
    kept = {path.name for path in (tmp_path / "snapshots").iterdir()}
    assert len(kept) == KEEP
    assert names[-1] in kept


def test_a_sentence_vector_belongs_to_its_sentence(make: Make, tmp_path: Path) -> None:
    make(*SENTENCES)
    snapshot = load(tmp_path)
    spans = snapshot.sentences.of(0).spans
    text = snapshot.passages[0].text
    assert [text[a:b].strip() for a, b in spans] == [
        "Ketamine can cause dissociation.",
        "It fades within hours.",
    ]


def test_a_full_disk_leaves_the_live_snapshot_alone(make: Make, tmp_path: Path) -> None:
    name = make(*SENTENCES)

    class FullDisk(LetterEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise OSError(28, os.strerror(28))

    with pytest.raises(StorageFailed, match="Free some space"):
        build(tmp_path, content_of("Something new."), FullDisk())
    assert load(tmp_path).id == name
    assert not list(tmp_path.glob(".building-*"))


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SafePassageError, match="file"):
        build(tmp_path / "file" / "data", content_of(*SENTENCES), LetterEncoder())
