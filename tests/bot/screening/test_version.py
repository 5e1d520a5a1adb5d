"""The version of the screening follows from all that decides what is hidden."""

from pathlib import Path

import pytest

from bot.screening.version import decides, version
from tests.places import ROOT


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    version.cache_clear()


@pytest.mark.parametrize(
    "name",
    [
        "bot/screening/policy.toml",
        "bot/screening/amounts/doses.toml",
        "bot/screening/amounts/scan.py",
        "bot/substances/substances.toml",
        "bot/substances/lexicon.py",
        "embeddings/text/sentences.py",
    ],
)
def test_a_change_of_code_or_data_that_decides_is_a_new_version(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = version(), Path.read_bytes
    version.cache_clear()

    def changed(path: Path) -> bytes:
        return read(path) + b"\n# changed" * (path == ROOT / name)

    monkeypatch.setattr(Path, "read_bytes", changed)
    assert version() != before
    version.cache_clear()


def test_every_file_of_the_package_decides_and_no_file_of_the_ranking() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in decides()}
    own = {p.relative_to(ROOT).as_posix() for p in (ROOT / "bot" / "screening").rglob("*.py")}
    assert own <= names
    assert not any(name.startswith(("bot/retrieval", "bot/answering", "web")) for name in names)
