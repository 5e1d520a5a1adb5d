"""Bytes of a file to text."""

import re
from pathlib import Path

from charset_normalizer import from_bytes

from embeddings.errors import SourceUnreadable

__all__ = ["decode", "load"]

_BINARY = 0.02  # share of control characters above which a file is no text
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def load(path: Path) -> bytes:
    """Return the bytes of a file; raises `SourceUnreadable` where that fails or there are none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceUnreadable(
            f"{path} cannot be opened ({reason}): check its permissions"
        ) from error
    if not data.strip():
        raise SourceUnreadable(f"{path} is empty: fill it, or exclude it in sources.toml")
    return data


def decode(data: bytes, path: Path) -> str:
    """Return the text of a file: UTF-8, or UTF-16 with a mark, or what charset-normalizer finds.

    Raises `SourceUnreadable` for binary files and unknown encodings.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(data, "utf-16", path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = None if b"\0" in data else from_bytes(data).best()
        if best is None:
            raise _unreadable(path) from None
        text = str(best)
    if len(_CONTROLS.findall(text)) > _BINARY * len(text):
        raise _unreadable(path)
    return text


def _checked(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> SourceUnreadable:
    return SourceUnreadable(
        f"{path} is not text in a known encoding: save it as UTF-8, or exclude it in sources.toml"
    )
