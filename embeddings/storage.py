"""Files written whole or not at all."""

import hashlib
import os
from pathlib import Path

from embeddings.errors import StorageFailed

__all__ = ["digest", "replace_text", "write_text"]


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` and onto the disk; raises StorageFailed naming what to do."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise refused(path, error) from error


def replace_text(path: Path, text: str) -> None:
    """Put `text` in the place of `path` by one rename, so that a reader sees old or new."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    write_text(beside, text)
    try:
        beside.replace(path)
    except OSError as error:
        raise refused(path, error) from error


def refused(path: Path, error: OSError) -> StorageFailed:
    """Say why a file could not be written and what a person can do."""
    reason = error.strerror or type(error).__name__
    return StorageFailed(
        f"cannot write {path}: {reason}. Free some space or give a writable directory with "
        "--data; the index that was there is untouched"
    )


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
