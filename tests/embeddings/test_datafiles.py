"""Data files beside the code."""

from pathlib import Path

import pytest

from embeddings import datafiles
from embeddings.datafiles import beside, lines, table
from embeddings.errors import CatalogueInvalid


@pytest.fixture
def module(tmp_path: Path) -> str:
    (tmp_path / "good.toml").write_text('[a]\nb = "c"\n', "utf-8")
    (tmp_path / "bad.toml").write_text("[a\n", "utf-8")
    (tmp_path / "words.txt").write_text("# a note\none\n\ntwo\n", "utf-8")
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00")
    return str(tmp_path / "module.py")


def test_a_table_is_read_from_the_folder_of_its_module(module: str) -> None:
    assert table(module, "good.toml") == {"a": {"b": "c"}}
    assert beside(module, "good.toml").parent == Path(module).parent


def test_lines_are_without_notes_and_blanks(module: str) -> None:
    assert lines(module, "words.txt") == ("one", "two")


@pytest.mark.parametrize("name", ["bad.toml", "missing.toml"])
def test_a_table_that_cannot_be_read_is_named(module: str, name: str) -> None:
    with pytest.raises(CatalogueInvalid, match=name):
        table(module, name)


def test_what_is_no_text_is_named(module: str) -> None:
    with pytest.raises(CatalogueInvalid, match=r"bytes\.txt"):
        lines(module, "bytes.txt")


def test_every_file_is_read_once() -> None:
    assert table(datafiles.__file__, "defaults.toml") is table(datafiles.__file__, "defaults.toml")
