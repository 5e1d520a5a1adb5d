"""What stands below a folder: files that can be opened, and why the rest cannot."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

__all__ = ["walk"]


def walk(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield what stands below a folder, in order, each with why it cannot be read, or "".

    What is hidden by a dot is passed over. Links to folders are named, never followed; a link to
    a file is followed within the folder.
    """
    try:
        entries = sorted(os.scandir(root), key=lambda entry: entry.name)
    except OSError as error:
        yield root, f"a folder that cannot be opened ({error.strerror or error})"
        return
    yield from _below(entries, root.resolve())


def _below(entries: list[os.DirEntry[str]], top: Path) -> Iterator[tuple[Path, str]]:
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        why = _unnamed(entry.name) or (_link(path, top) if entry.is_symlink() else "")
        if why or not entry.is_dir(follow_symlinks=False):
            yield path, why or _kind(path)
            continue
        try:
            inside = sorted(os.scandir(path), key=lambda each: each.name)
        except OSError as error:
            yield path, f"a folder that cannot be opened ({error.strerror or error})"
            continue
        yield from _below(inside, top)


def _unnamed(name: str) -> str:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "its name is not UTF-8: rename it"
    return ""


def _link(path: Path, top: Path) -> str:
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        return "a link to nothing"
    except (OSError, RuntimeError):  # before Python 3.13 a circle is a RuntimeError
        return "a link that cannot be followed: it leads in a circle, or is locked"
    if not target.is_relative_to(top):
        return "a link that leads out of the folder"
    return "a link to a folder" if target.is_dir() else ""


def _kind(path: Path) -> str:
    """Opening a pipe would wait for ever, and a device may give no end of bytes."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"cannot be opened ({error.strerror or error})"
    return "" if stat.S_ISREG(mode) else "no file: a pipe, a device or a socket"
