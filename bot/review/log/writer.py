"""The thread that carries entries from a bounded queue to the database, and tidies up there.

The request that made an entry never waits for the database: it puts the entry into the queue or,
where nothing may be lost, into the spill file. The thread writes what it finds in both at least
twice a second, spills what it cannot write, tries again, and purges once an hour.
"""

import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.review.log.entries import Entry
from bot.review.log.retention import purge
from bot.review.log.spill import Spill, read, wipe
from bot.review.log.writing import write
from bot.review.storage import Records
from embeddings.errors import RecordsUnavailable

__all__ = ["Writer"]

CAPACITY: Final = 1000
BATCH: Final = 200
IDLE_SECONDS: Final = 0.5
RETRY_SECONDS: Final = 5.0
CLOSE_SECONDS: Final = 10.0

logger = logging.getLogger("safepassage.review")


class Writer:
    """Writes entries to `records` in the background; `clock` gives the present moment."""

    def __init__(
        self, records: Records, spill: Spill, clock: Callable[[], datetime], purge_seconds: float
    ) -> None:
        self.records, self.spill, self.clock = records, spill, clock
        self.purge_seconds = purge_seconds
        self.starting = threading.Lock()
        self.start()

    def start(self) -> None:
        """Begin anew with an empty queue: at first, and in a process forked from one that had."""
        self.process = os.getpid()
        self.queue: queue.Queue[Entry | threading.Event] = queue.Queue(CAPACITY)
        self.stopping = threading.Event()
        self.deferred: list[threading.Event] = []
        self.retry_at = self.purge_at = 0.0
        self.thread = threading.Thread(target=self.run, name="review-log", daemon=True)
        self.thread.start()

    @property
    def away(self) -> bool:
        """Whether the database failed lately and is left alone for a moment."""
        return time.monotonic() < self.retry_at

    def put(self, entry: Entry) -> None:
        """Hand over an entry that may be lost with the process, up to half a second of them."""
        self.after_fork()
        try:
            self.queue.put_nowait(entry)
        except queue.Full:
            self.keep([entry])

    def put_surely(self, entry: Entry) -> None:
        """Hand over an entry that survives the process being killed from here on."""
        self.after_fork()
        self.keep([entry])
        self.wake()

    def flush(self, seconds: float = CLOSE_SECONDS) -> bool:
        """Wait until what was handed over is in the database or on disk; False if too slow."""
        self.after_fork()
        mark = threading.Event()
        try:
            self.queue.put(mark, timeout=seconds)
        except queue.Full:
            return False
        return mark.wait(seconds)

    def close(self) -> None:
        """Write what is left and stop. Closing twice is closing once."""
        if self.process == os.getpid():
            self.stopping.set()
            self.wake()
            self.thread.join(CLOSE_SECONDS)

    def wake(self) -> None:
        """Have the thread look now; where the queue is full it does so anyway."""
        with suppress(queue.Full):
            self.queue.put_nowait(threading.Event())

    def after_fork(self) -> None:
        """A thread does not follow into a forked process, nor may a connection be shared."""
        if self.process != os.getpid():
            with self.starting:
                if self.process != os.getpid():
                    self.records.engine.dispose(close=False)
                    self.start()

    def run(self) -> None:
        """Write until told to stop, then once more."""
        while not self.stopping.is_set():
            self.turn(IDLE_SECONDS)
        while self.deferred or not self.queue.empty():
            self.turn(0)

    def turn(self, seconds: float) -> None:
        """One turn: wait for entries, write them, replay what was spilled, purge if it is time."""
        entries, marks = self.gather(0 if self.deferred else seconds)
        marks, self.deferred = marks + self.deferred, []
        try:
            if not self.away:
                self.prepare()
                spilled = [] if self.spill.empty() else self.spill.take()
                # A verdict that was spilled may speak of a record that was queued before it.
                # A mark that came as late may stand behind what was spilled since: it waits.
                late, self.deferred = self.gather(0)
                entries += late
                self.store_all(entries)
                entries = []
                self.replay(spilled)
                self.tidy()
        except RecordsUnavailable as error:
            self.retry_at = time.monotonic() + RETRY_SECONDS
            logger.warning("the records cannot be written, keeping them on disk: %s", error)
        except Exception as error:
            logger.error("the log failed: %s", type(error).__name__)
        if entries:
            self.keep(entries)
        for mark in marks:
            mark.set()

    def gather(self, seconds: float) -> tuple[list[Entry], list[threading.Event]]:
        """Take all that is in the queue; wait for the first at most `seconds`."""
        entries: list[Entry] = []
        marks: list[threading.Event] = []
        try:
            item = self.queue.get(timeout=seconds) if seconds else self.queue.get_nowait()
            for _ in range(CAPACITY):
                if isinstance(item, threading.Event):
                    marks.append(item)
                else:
                    entries.append(item)
                item = self.queue.get_nowait()
        except queue.Empty:
            pass
        return entries, marks

    def prepare(self) -> None:
        """Bring the tables up to date before the first write."""
        if not self.records.migrated:
            self.records.migrate()

    def store_all(self, entries: Sequence[Entry]) -> None:
        """Write entries, a batch a transaction."""
        for start in range(0, len(entries), BATCH):
            self.store(entries[start : start + BATCH])

    def store(self, entries: Sequence[Entry]) -> None:
        """Write a batch, or one by one where something in it is refused for what it is."""
        try:
            with self.records.writing() as session:
                write(session, entries, self.clock().date())
        except RecordsUnavailable:
            raise
        except Exception as error:
            if len(entries) == 1:
                logger.error("an entry of the log was refused: %s", type(error).__name__)
                return
            for entry in entries:
                self.store([entry])

    def replay(self, spilled: Sequence[Path]) -> None:
        """Write what was spilled, by this process or by one that was killed; records first."""
        entries = [entry for path in spilled for entry in read(path)]
        self.store_all(sorted(entries, key=lambda entry: entry.type != "record"))
        for path in spilled:
            wipe(path)

    def tidy(self) -> None:
        """Purge, at the beginning and every `purge_seconds`."""
        if time.monotonic() >= self.purge_at:
            self.purge_at = time.monotonic() + self.purge_seconds
            purge(self.records, self.clock(), spill=self.spill.path)

    def keep(self, entries: Sequence[Entry]) -> None:
        """Put entries into the spill file; where even that fails they are lost, and it is said."""
        try:
            if self.spill.append(entries):
                return
            reason = "the spill file is full"
        except OSError as error:
            reason = type(error).__name__
        logger.error("%d entries of the log were lost: %s", len(entries), reason)
