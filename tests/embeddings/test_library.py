from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.errors import SnapshotMissing
from embeddings.library import Library
from tests.embeddings.conftest import SENTENCES

Make = Callable[..., str]


def test_a_running_library_moves_over_to_a_new_snapshot(make: Make, tmp_path: Path) -> None:
    first = make(*SENTENCES[:2])
    library = Library(tmp_path, every=0)
    held = library.current()
    second = make(*SENTENCES)
    assert held.id == first
    assert library.current().id == second


def test_a_damaged_new_snapshot_leaves_the_old_one_serving(make: Make, tmp_path: Path) -> None:
    name = make(*SENTENCES)
    library = Library(tmp_path, every=0)
    library.current()
    (tmp_path / "current").write_text("nonsense\n")
    assert library.current().id == name
    assert "damaged" in (library.trouble or "")


def test_a_library_without_a_snapshot_says_so_until_there_is_one(
    make: Make, tmp_path: Path
) -> None:
    library = Library(tmp_path, every=0)
    with pytest.raises(SnapshotMissing):
        library.current()
    name = make(*SENTENCES)
    assert library.current().id == name
