"""The moments in which nobody asks, and what is done in them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter

from bot.answering.wording import Wording
from bot.corpus.rehearsal import rehearse
from embeddings.documents import Language
from embeddings.errors import SnapshotError
from embeddings.library import Library
from embeddings.snapshot import Snapshot
from web.server.logging import failure, logger

__all__ = ["BUSY", "Busy", "Rehearsing"]

LOOK = 5.0
"""Seconds between two looks for a new snapshot."""

REST = 0.25
"""Seconds after a question before it is quiet again: the next one often follows."""

MOST = 0.05
"""Seconds after which a rest between two passages is long enough."""


class Busy:
    """Counts what is being worked on for somebody who waits."""

    def __init__(self) -> None:
        self._under_way = 0
        self._last = float("-inf")
        self._lock = threading.Lock()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Somebody waits for what is done inside."""
        with self._lock:
            self._under_way += 1
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1
                self._last = perf_counter()

    @property
    def quiet(self) -> bool:
        """Whether nobody waits, nor did a moment ago."""
        with self._lock:
            return not self._under_way and perf_counter() - self._last > REST


BUSY = Busy()
"""One for the process: there is one interpreter, in which one thread runs at a time."""


class Rehearsing:
    """A thread that rehearses every snapshot that becomes the live one.

    It rests as long as it works, and stops for every question.
    """

    def __init__(
        self,
        library: Library,
        language: Language,
        wording: Callable[[], Wording],
        busy: Busy = BUSY,
    ) -> None:
        self.rehearsed: str | None = None
        self._since = perf_counter()
        self._library, self._wording, self._busy = library, wording, busy
        self._language: Language = language
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rehearsing", daemon=True)

    def start(self) -> None:
        """Begin, unless that was done before."""
        if self._thread.ident is None:
            self._thread.start()

    def stop(self) -> None:
        """Stop, at the next passage."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._look()
            except SnapshotError:
                pass  # whoever asks is told
            except Exception as error:
                failure("rehearsal_failed", error)
                return
            self._stopped.wait(LOOK)

    def _look(self) -> None:
        snapshot = self._library.current()
        if snapshot.id == self.rehearsed:
            return
        going_on = partial(self._go_on, snapshot)
        if rehearse(snapshot, self._language, self._wording(), going_on):
            self.rehearsed = snapshot.id
            logger.info("rehearsed", snapshot=snapshot.id)

    def _go_on(self, snapshot: Snapshot) -> bool:
        """Rest, wait until it is quiet, and say whether the snapshot is still the live one."""
        now = perf_counter()
        self._stopped.wait(min(MOST, now - self._since))
        while not self._busy.quiet and not self._stopped.is_set():
            self._stopped.wait(MOST)
        self._since = perf_counter()
        return not self._stopped.is_set() and self._library.current() is snapshot
