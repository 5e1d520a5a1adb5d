"""Reading the data files that lie beside the code: tables in TOML, lists of lines.

Each is read once a process, and nobody may change what was read. Whoever needs more than plain
values checks them itself.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from embeddings.errors import CatalogueInvalid

__all__ = ["beside", "lines", "table"]


def beside(module: str, name: str) -> Path:
    """Return the path of a data file in the folder of a module, given by its `__file__`."""
    return Path(module).parent / name


@cache
def table(module: str, name: str) -> dict[str, Any]:
    """Return the TOML file `name`, in the folder of a module given by its `__file__`.

    Raises:
        CatalogueInvalid: the file cannot be read, or is no TOML.

    """
    try:
        return tomllib.loads(_text(module, name))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueInvalid(f"{name} is no TOML: {error}") from error


@cache
def lines(module: str, name: str) -> tuple[str, ...]:
    """Return the lines of a text file that are neither empty nor begin with `#`.

    Raises:
        CatalogueInvalid: the file cannot be read.

    """
    found = _text(module, name).splitlines()
    return tuple(line for line in found if line and not line.startswith("#"))


def _text(module: str, name: str) -> str:
    try:
        return beside(module, name).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CatalogueInvalid(f"{name} cannot be read: {error}") from error
