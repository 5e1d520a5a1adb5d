"""Records on both databases, each test with tables of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from argon2 import PasswordHasher
from sqlalchemy import Connection, create_engine, text

from bot.review.accounts import accounts
from bot.review.database.migrating import config
from bot.review.database.tables import Base
from bot.review.log.query_log import QueryLog
from bot.review.storage import Records
from tests.bot.review.postgres import server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, with `{}` for the database."""
    with server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any row, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.sqlite'}"
    address: str = request.getfixturevalue("postgres")
    emptied(address.format("postgres"))
    return address.format("postgres")


TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@pytest.fixture
def tableless(url: str) -> str:
    """The address of a database without any table."""
    if url.startswith("postgresql"):
        emptied(url, keep=False)
    return url


def emptied(url: str, keep: bool = True) -> None:
    """Empty the one database of the tests: making one for each of them takes seconds.

    With `keep`, tables that the program of today made stay; all others are dropped.
    """
    engine = create_engine(
        url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(OTHERS))
        tables = set(connection.scalars(text(TABLES)))
        if keep and tables == {*Base.metadata.tables, "alembic_version"} and current(connection):
            names = ", ".join(sorted(tables - {"alembic_version"}))
            # The audit log refuses to be emptied.
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
        else:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def current(connection: Connection) -> bool:
    """Whether the tables are those of the latest migration."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == head)


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
