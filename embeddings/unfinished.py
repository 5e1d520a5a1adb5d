"""Vectors of a run that has not come to its end, on the disk, so that the next run goes on there.

DATA/unfinished/MODEL/NAME.npz   keys and vectors of what the model was given at one time
"""

import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from embeddings.identity import identity

__all__ = ["Unfinished", "key_of", "settle"]

FOLDER = "unfinished"


def key_of(text: str, encoder: Encoder) -> str:
    """Name a vector by what it was made of: the text and the model."""
    return identity(encoder.fingerprint, text)


class Unfinished:
    """An encoder that keeps every vector on the disk at once, and encodes none a second time.

    A process that is killed, or a machine that stops, loses no more than what the model was at.
    What cannot be read is encoded again.
    """

    def __init__(self, data: Path, encoder: Encoder) -> None:
        self.name, self.fingerprint = encoder.name, encoder.fingerprint
        self._encoder = encoder
        self._folder = data / FOLDER / identity(encoder.fingerprint)
        self._known: dict[str, NDArray[np.float32]] = {}
        for path in sorted(self._folder.glob("*.npz")):
            self._known.update(_read(path))

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors of shape (len(texts), dimension); raises OSError on a full disk."""
        keys = [key_of(text, self._encoder) for text in texts]
        new = [row for row, key in enumerate(keys) if key not in self._known]
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        if new:
            vectors[new] = self._encoder.encode([texts[row] for row in new])
            self._keep([keys[row] for row in new], vectors[new])
        for row in set(range(len(texts))).difference(new):
            vectors[row] = self._known[keys[row]]
        return vectors

    def _keep(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Write a file whole or not at all: under its name it stands only once it is complete."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
            np.savez(file, keys=np.array(keys), vectors=vectors)
        Path(file.name).rename(Path(file.name).with_suffix(".npz"))


def settle(data: Path) -> None:
    """Drop what was kept, once it stands in a snapshot."""
    shutil.rmtree(data / FOLDER, ignore_errors=True)


def _read(path: Path) -> dict[str, NDArray[np.float32]]:
    """Read one file; nothing of one that is damaged (a zip file checks itself by CRC)."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as saved:
            keys, vectors = saved["keys"].tolist(), saved["vectors"]
        return dict(zip(keys, vectors, strict=True))
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return {}
