"""Records on both databases, each test with tables of its own."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, text

from bot.review import accounts
from bot.review.log import QueryLog
from bot.review.records import Records
from tests.bot.review.postgres import server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, with `{}` for the database."""
    with server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.sqlite'}"
    address: str = request.getfixturevalue("postgres")
    name = f"t{uuid4().hex}"
    engine = create_engine(
        address.format("postgres").replace("postgresql:", "postgresql+psycopg:"),
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.format(name)


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with the least parameters: the real ones take a fifth of a second each."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "HASHER", cheap)
    monkeypatch.setattr(accounts, "nobody", lambda: cheap.hash("no account has this password"))


@pytest.fixture
def records(url: str) -> Iterator[Records]:
    """Migrated records."""
    made = Records(url)
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def log(records: Records, tmp_path: Path) -> Iterator[QueryLog]:
    """A log that keeps redacted questions for thirty days."""
    with QueryLog(
        records, mode="redacted", retention_days=30, spill=tmp_path / "spill.jsonl"
    ) as made:
        yield made
