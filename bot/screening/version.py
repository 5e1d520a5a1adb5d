"""The version of the screening: a hash over all code and data that decides what is hidden.

It follows from the imports, so that nobody has to keep a list: every module of this package, every
module of the program that these import, directly or not, and every data file that one of them
names. A change of any of them is a new version.
"""

import ast
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

__all__ = ["decides", "version"]

HERE = Path(__file__).parent
PROGRAM = ("bot", "embeddings")
READ_BY = ("beside", "lines", "table")
"""The functions of `embeddings.datafiles`, called with `__file__` and the name of a file."""


@cache
def version() -> str:
    """Return twelve hexadecimal digits that change with whatever decides what is hidden."""
    parts = (path.read_bytes() for path in decides())
    return sha256(b"".join(parts)).hexdigest()[:12]


def decides() -> list[Path]:
    """Return the files that decide what is hidden: code and data, sorted."""
    found: set[Path] = set()
    waiting = sorted(HERE.rglob("*.py"))
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        tree = ast.parse(path.read_bytes())
        waiting += imported(tree)
        found.update(path.with_name(name) for name in named(tree))
    return sorted(found)


def imported(tree: ast.AST) -> Iterator[Path]:
    """Yield the modules of the program that a module imports; `from a import b` may name one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PROGRAM):
            for name in (node.module, *(f"{node.module}.{each.name}" for each in node.names)):
                yield from located(name)


def located(name: str) -> Iterator[Path]:
    """Yield the file of a module, nothing where there is no module of that name."""
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:
        return
    if spec and spec.origin:
        yield Path(spec.origin)


def named(tree: ast.AST) -> Iterator[str]:
    """Yield the names of the data files that a module reads."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id=name), args=[ast.Name(id="__file__"), ast.Constant(file)]
            ):
                if name in READ_BY:
                    yield str(file)
