"""Scripts of the past: whoever names one by its version and hash gets that very file.

A page that pins the script with `integrity` must not lose it because this server was upgraded,
or because a telephone number in it was corrected.
"""

import os
import re
from pathlib import Path

from web.widget.bundle import Bundle, integrity

__all__ = ["keep", "kept"]

VERSION = re.compile(r"[a-p]{16}")
MOST = 50


def keep(directory: Path, made: Bundle) -> None:
    """Put the script down, once; where that fails the present one is served all the same."""
    path = directory / f"{made.version}.js"
    if path.exists():
        return
    try:
        directory.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(made.body)
        fresh.replace(path)
        for old in sorted(directory.glob("*.js"), key=lambda each: each.stat().st_mtime)[:-MOST]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def kept(directory: Path, version: str) -> Bundle | None:
    """The script of a version that was made here once; None where there is none."""
    if not VERSION.fullmatch(version):
        return None
    try:
        body = (directory / f"{version}.js").read_bytes()
    except OSError:
        return None
    return Bundle(version, body, integrity(body))
