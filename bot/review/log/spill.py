"""The file that holds entries which are not in the database yet: lines of JSON, mode 0600.

An entry that must not be lost is appended here before it is acknowledged, so that it survives
the process being killed (the write is in the kernel's hands; a loss of power may still take the
last moments). Anything goes here while the database is away or the queue is full. Whoever
drains it first renames it, so that several processes may share one file.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final
from uuid import uuid4

from filelock import FileLock
from pydantic import ValidationError

from bot.review.log.entries import ENTRY, CountEntry, Entry

__all__ = ["Spill"]

LARGEST: Final = 64 * 1024 * 1024
"""Bytes after which nothing more is spilled: the disk is for the answers."""


class Spill:
    """The spill file at `path`, and those beside it that a drain has begun on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = FileLock(path.with_name(path.name + ".lock"), mode=0o600)

    def append(self, entries: Sequence[Entry]) -> bool:
        """Add entries; False where the file is too large. Raises OSError, Timeout."""
        lines = b"".join(entry.model_dump_json().encode() + b"\n" for entry in entries)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.lock.acquire(timeout=1):
            return add(self.path, lines)

    def take(self) -> list[Path]:
        """Set what there is apart for draining; the oldest files first."""
        if self.path.exists():
            with self.lock.acquire(timeout=1), suppress(FileNotFoundError):
                self.path.rename(self.path.with_name(f"{self.path.name}.{uuid4().hex}"))
        return self.apart()

    def apart(self) -> list[Path]:
        """The files set apart, by this process or by one that died before it had drained them."""
        return sorted(
            (
                path
                for path in self.path.parent.glob(f"{self.path.name}.*")
                if path.suffix != ".lock"
            ),
            key=lambda path: path.stat().st_mtime,
        )

    def empty(self) -> bool:
        """Whether nothing waits here."""
        return not self.path.exists() and not self.apart()

    def purge(self, today: date, everything: bool = False) -> int:
        """Delete the entries whose day has come, or all; returns how many. Raises OSError."""
        gone = 0
        for path in self.take():
            entries = list(read(path))
            stay = [] if everything else [each for each in entries if lasts(each, today)]
            gone += len(entries) - len(stay)
            if len(stay) < max(1, len(entries)):
                if stay:
                    self.append(stay)
                wipe(path)
        return gone


def add(path: Path, lines: bytes) -> bool:
    """Append whole lines in one write; a line cut short by a full disk is taken back."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size + len(lines) > LARGEST:
            return False
        if os.write(handle, lines) < len(lines):
            os.ftruncate(handle, size)
            return False
        return True
    finally:
        os.close(handle)


def read(path: Path) -> Iterator[Entry]:
    """The entries of a file; a line that a crash has cut short is passed over."""
    with path.open("rb") as file:
        for line in file:
            with suppress(ValidationError):
                yield ENTRY.validate_json(line)


def lasts(entry: Entry, today: date) -> bool:
    """Whether an entry may still be kept; a count may always."""
    return isinstance(entry, CountEntry) or entry.expires_on > today


def wipe(path: Path) -> None:
    """Overwrite a file with zeros and delete it, as SQLite's secure_delete does with a row."""
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink(missing_ok=True)
