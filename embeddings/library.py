"""The live snapshot of a running server: opened once, moved over when a new one is swapped in."""

import threading
from pathlib import Path
from time import monotonic

from embeddings.errors import SnapshotError
from embeddings.snapshot import Snapshot, current_id, load

__all__ = ["Library"]


class Library:
    """Hands out the live snapshot of a data directory; a request keeps the one it got.

    `DATA/current` is looked at no more than once in `every` seconds. If a new snapshot cannot be
    opened, the old one goes on serving and `trouble` says why.
    """

    def __init__(self, data: Path, every: float = 1.0) -> None:
        self.data = data
        self.trouble: str | None = None
        self._every = every
        self._looked = float("-inf")
        self._snapshot: Snapshot | None = None
        self._lock = threading.Lock()

    def current(self) -> Snapshot:
        """Return the live snapshot; raises SnapshotMissing or SnapshotCorrupt if there is none."""
        with self._lock:
            if self._snapshot is None or monotonic() - self._looked >= self._every:
                self._look()
            if self._snapshot is None:
                raise SnapshotError(self.trouble or "no snapshot")
            return self._snapshot

    def _look(self) -> None:
        self._looked = monotonic()
        try:
            name = current_id(self.data)
            if self._snapshot is None or self._snapshot.id != name:
                self._snapshot = load(self.data, name)
            self.trouble = None
        except SnapshotError as error:
            self.trouble = str(error)
            if self._snapshot is None:
                raise
