import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings.build import LEFT, build
from embeddings.errors import StorageFailed
from embeddings.snapshot import load
from embeddings.unfinished import FOLDER, Unfinished
from tests.embeddings.conftest import SENTENCES, content_of
from tests.letters import LetterEncoder

Make = Callable[..., str]


class Stopped(LetterEncoder):
    """Fails where the model would be asked for another batch."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.left = after

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not self.left:
            raise OSError("stopped")
        self.left -= 1
        return super().encode(texts)


def kept(data: Path) -> list[Path]:
    return list((data / FOLDER).rglob("*.npz"))


def test_what_was_encoded_before_an_interruption_is_not_encoded_again(tmp_path: Path) -> None:
    stopped, next_time = Stopped(after=1), LetterEncoder()
    with pytest.raises(StorageFailed):
        build(tmp_path, content_of(*SENTENCES), stopped)
    assert stopped.encoded
    build(tmp_path, content_of(*SENTENCES), next_time)
    assert next_time.encoded
    assert not {*stopped.encoded} & {*next_time.encoded}


def test_after_an_interruption_the_snapshot_is_the_same(make: Make, tmp_path: Path) -> None:
    name = make(*SENTENCES)
    with pytest.raises(StorageFailed):
        build(tmp_path / "other", content_of(*SENTENCES), Stopped(after=1))
    assert build(tmp_path / "other", content_of(*SENTENCES), LetterEncoder()) == name
    whole, resumed = load(tmp_path), load(tmp_path / "other")
    assert (whole.dense.vectors(range(4)) == resumed.dense.vectors(range(4))).all()
    assert (whole.sentences.of(0).vectors == resumed.sentences.of(0).vectors).all()


def test_nothing_is_left_once_the_snapshot_stands(make: Make, tmp_path: Path) -> None:
    make(*SENTENCES)
    assert not (tmp_path / FOLDER).exists()
    assert not list(tmp_path.glob(".building-*"))


def test_another_model_takes_nothing_over(tmp_path: Path) -> None:
    Unfinished(tmp_path, LetterEncoder()).encode(SENTENCES)
    other = LetterEncoder("letters-2")
    Unfinished(tmp_path, other).encode(SENTENCES)
    assert tuple(other.encoded) == SENTENCES


@pytest.mark.parametrize("damage", ["cut", "changed", "foreign"])
def test_a_damaged_file_is_encoded_again(tmp_path: Path, damage: str) -> None:
    Unfinished(tmp_path, LetterEncoder()).encode(SENTENCES)
    [path] = kept(tmp_path)
    content = path.read_bytes()
    middle = len(content) // 2
    changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    path.write_bytes({"cut": content[:middle], "changed": changed, "foreign": b"?"}[damage])
    encoder = LetterEncoder()
    found = Unfinished(tmp_path, encoder).encode(SENTENCES)
    assert tuple(encoder.encoded) == SENTENCES
    assert (found == LetterEncoder().encode(SENTENCES)).all()


def test_a_text_that_comes_twice_at_once_has_its_vector_twice(tmp_path: Path) -> None:
    encoder = Unfinished(tmp_path, LetterEncoder())
    one, other, again = encoder.encode(["a", "b", "a"])
    assert (one == again).all()
    assert (one != other).any()


def test_what_a_killed_run_left_is_removed_after_a_day(make: Make, tmp_path: Path) -> None:
    old, new = tmp_path / ".building-old", tmp_path / ".building-new"
    old.mkdir()
    new.mkdir()
    os.utime(old, (0, new.stat().st_mtime - LEFT - 1))
    make(*SENTENCES)
    assert not old.exists()
    assert new.exists()


KILLED = """
import json, sys, time
from pathlib import Path
from embeddings.build import build
from tests.embeddings.conftest import SENTENCES, content_of
from tests.letters import LetterEncoder

class Slow(LetterEncoder):
    def encode(self, texts):
        if self.encoded:
            print(json.dumps(self.encoded), flush=True)
            time.sleep(60)
        return super().encode(texts)

build(Path(sys.argv[1]), content_of(*SENTENCES), Slow())
"""


def test_a_run_that_is_killed_while_it_encodes_goes_on_where_it_was(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        before = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    assert kept(tmp_path)
    encoder = LetterEncoder()
    build(tmp_path, content_of(*SENTENCES), encoder)
    assert before
    assert not {*before} & {*encoder.encoded}
    assert len(load(tmp_path).passages) == len(SENTENCES)
