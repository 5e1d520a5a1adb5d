"""What tells two models apart: a hash of their files."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

__all__ = ["fingerprint_of"]

_CARD = "README.md"


def fingerprint_of(directory: Path) -> str:
    """Return the SHA-256 over names and contents of the files of a model, in hexadecimal."""
    whole = hashlib.sha256()
    for name in sorted(_files(directory)):
        with (directory / name).open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{name} {content}\n".encode())
    return whole.hexdigest()


def _files(directory: Path) -> Iterator[str]:
    for path in directory.rglob("*"):
        name = path.relative_to(directory).as_posix()
        if path.is_file() and name != _CARD and not name.startswith("."):
            yield name
