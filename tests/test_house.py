"""The house as it is meant: small at the root, nothing hidden, and the guide to it is true."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

PACKAGES = ("bot", "embeddings", "training", "web")
GUIDE = ROOT / "CONTRIBUTING.md"
PATH = re.compile(r"`([\w./-]+/[\w./-]*|\w+\.(?:md|toml))`")


def modules() -> Iterator[Path]:
    """Every module of the program."""
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


def test_the_root_of_the_bot_holds_six_modules_at_most() -> None:
    assert len([path for path in (ROOT / "bot").glob("*.py") if path.stem != "__init__"]) <= 6


def test_no_data_lies_apart_from_the_code_that_reads_it() -> None:
    data = [p for p in (ROOT / "bot").rglob("*") if p.suffix in (".toml", ".txt", ".npz", ".tsv")]
    assert data
    for path in data:
        folder = path.parent if list(path.parent.glob("*.py")) else path.parent.parent
        code = "".join(each.read_text("utf-8") for each in folder.glob("*.py"))
        assert path.name in code or f"{path.parent.name}/" in code, path


def test_no_context_decides_what_a_function_returns() -> None:
    told = ("ContextVar", "contextvars")
    assert [p for p in modules() if any(word in p.read_text("utf-8") for word in told)] == []


def test_every_package_says_what_it_is_for() -> None:
    for path in modules():
        if path.name == "__init__.py" and path.parent.parent != ROOT:
            assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def test_no_module_is_called_after_everything() -> None:
    names = {"utils", "helpers", "manager", "common", "misc"}
    assert [path for path in modules() if path.stem in names] == []


def named(text: str) -> list[str]:
    """The files and folders of this project that a text names."""
    skipped = (".venv/", "api/v1")
    return [name for name in PATH.findall(text) if not name.startswith(skipped)]


def test_the_guide_names_files_that_there_are() -> None:
    told = named(GUIDE.read_text("utf-8"))
    assert len(told) > 50
    assert [name for name in told if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    "wanted",
    [
        "an emergency number",
        "a slang name",
        "a file format",
        "the fusion",
        "a kind of question",
        "a language",
        "how long questions are kept",
        "a field of the API",
        "the look of the mark",
        "the embedding model",
    ],
)
def test_what_is_changed_often_takes_five_places_at_most(wanted: str) -> None:
    [row] = [
        line for line in GUIDE.read_text("utf-8").splitlines() if line.startswith(f"| {wanted}")
    ]
    touched = [name for name in named(row) if not name.startswith(("tests/", "docs/"))]
    assert 1 <= len(touched) <= 5
