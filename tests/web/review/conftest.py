"""The real application with one account of each role; no model is loaded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from bot.review.accounts import accounts
from bot.review.storage import Records
from tests.web.review.visiting import accounted, log_in, visitor
from web.server.program import Program


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with the least parameters: the real ones take a fifth of a second each."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "HASHER", cheap)
    monkeypatch.setattr(accounts, "nobody", lambda: cheap.hash("no account has this password"))


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """The program of an application with one account of each role; no model is loaded."""
    with accounted(tmp_path) as made:
        yield made


@pytest.fixture
def records(program: Program) -> Records:
    return program.records


@pytest.fixture
def moderator(program: Program) -> TestClient:
    client = visitor(program)
    assert log_in(client, "moderator").status_code == 303
    return client
