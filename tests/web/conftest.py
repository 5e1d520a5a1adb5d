"""The real application over the seeds, and the same with parts missing."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from web.app import create_app
from web.server.program import Program
from web.server.settings import Settings

Opened = Callable[..., TestClient]

DANGER = "我朋友吸了K粉之后叫不醒，嘴唇发紫"
PLAIN = "艾司氯胺酮的不良反应有哪些？"


@pytest.fixture(scope="session", autouse=True)
def environment() -> None:
    """No setting comes from outside."""
    for name in [name for name in os.environ if name.startswith("SAFEPASSAGE_")]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)


def program_of(client: TestClient) -> Program:
    """The program behind a client."""
    program: Program = client.app.state.program  # type: ignore[attr-defined]
    return program


def opened(stack: ExitStack, **values: object) -> TestClient:
    """A client of an application that has been started and warmed."""
    client = TestClient(create_app(Settings.model_validate(values)), client=("127.0.0.1", 50000))
    stack.enter_context(client)
    assert program_of(client).warm.wait(120)
    return client


@pytest.fixture(scope="session")
def client(snapshot_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application over the seeds, with one other origin allowed."""
    database = tmp_path_factory.mktemp("records") / "records.sqlite"
    with ExitStack() as stack:
        yield opened(
            stack,
            data=snapshot_dir,
            database_url=f"sqlite:///{database}",
            origins=("https://site.example",),
        )


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Opened]:
    """Opens applications by their settings, with an empty data directory unless told."""
    with ExitStack() as stack:
        yield lambda **values: opened(stack, **{"data": tmp_path / "data", **values})


@pytest.fixture(scope="session")
def without_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application where nothing was ever ingested."""
    with ExitStack() as stack:
        yield opened(stack, data=tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def without_model(
    snapshot_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """The application whose model is not there."""
    data = copied(snapshot_dir, tmp_path_factory.mktemp("modelless"))
    with ExitStack() as stack:
        yield opened(stack, data=data, model=str(data / "no-model"))


@pytest.fixture(scope="session")
def with_corrupt_index(
    snapshot_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """The application whose snapshot was changed on the disk."""
    data = copied(snapshot_dir, tmp_path_factory.mktemp("corrupt"))
    [passages] = data.glob("snapshots/*/passages.jsonl")
    passages.write_bytes(passages.read_bytes()[:-20])
    with ExitStack() as stack:
        yield opened(stack, data=data)


def copied(snapshot_dir: Path, place: Path) -> Path:
    """A data directory with the same live snapshot, for a test to spoil."""
    name = (snapshot_dir / "current").read_text(encoding="utf-8").strip()
    shutil.copytree(snapshot_dir / "snapshots" / name, place / "snapshots" / name)
    shutil.copy(snapshot_dir / "current", place / "current")
    return place
