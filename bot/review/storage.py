"""The database of the records: one engine, SQLite or PostgreSQL, migrated forward.

SQLite runs in WAL mode with `secure_delete`, so that what is deleted is overwritten
(https://sqlite.org/pragma.html#pragma_secure_delete), in a file that only its owner can read.
No error of this module carries a value: a statement's parameters may hold a question.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session

from bot.review.database.migrating import upgrade
from embeddings.errors import RecordsUnavailable

__all__ = ["Records"]

PRAGMAS: Final = (
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
)
DRIVERS: Final = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
CONNECT_SECONDS: Final = 5


class Records:
    """The records at `url`, such as `sqlite:////var/lib/safepassage/records.sqlite`.

    Nothing is opened until it is needed. Raises RecordsUnavailable for an address that is none.
    """

    def __init__(self, url: str) -> None:
        self.url = address(url)
        self.engine = engine_of(self.url)
        self.migrated = False

    @property
    def sqlite(self) -> bool:
        """Whether the database is a SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL, and for a database in memory."""
        name = self.url.database
        return Path(name) if self.sqlite and name and name != ":memory:" else None

    def migrate(self) -> None:
        """Bring the tables up to this program; forward only, safe to run by many at once.

        Raises RecordsUnavailable where the database cannot be reached, or is newer.
        """
        if self.file is not None:
            make_private(self.file)
        with translated(), self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                upgrade(connection)
        self.migrated = True

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing.

        Raises RecordsUnavailable.
        """
        with translated(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction, committed at the end, rolled back on any error.

        Raises RecordsUnavailable; IntegrityError and DataError, which speak of the data and not
        of the database, go through for the caller to decide on.
        """
        engine = self.engine.execution_options(writes=True)
        with translated(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def bare(self) -> Iterator[Connection]:
        """A connection without a transaction, for what the database runs only there.

        Raises RecordsUnavailable.
        """
        level = {} if self.sqlite else {"isolation_level": "AUTOCOMMIT"}
        engine = self.engine.execution_options(bare=True, **level)
        with translated(), engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection; the next use opens new ones."""
        self.engine.dispose()


def address(url: str) -> URL:
    """Read a database address; the driver is always ours, whatever the address says."""
    try:
        parsed = make_url(url)
        return parsed.set(drivername=DRIVERS[parsed.drivername])
    except (exc.ArgumentError, KeyError):
        raise RecordsUnavailable(
            "DATABASE_URL is not an address of a SQLite or PostgreSQL database; write "
            "postgresql://user:password@host/name or sqlite:////path/to/file."
        ) from None


def engine_of(url: URL) -> Engine:
    """Make the engine, with the pragmas and the transactions that SQLite needs asking for."""
    sqlite = url.drivername == "sqlite"
    engine = create_engine(
        url,
        hide_parameters=True,
        json_serializer=partial(json.dumps, ensure_ascii=False),
        pool_pre_ping=not sqlite,
        connect_args={} if sqlite else {"connect_timeout": CONNECT_SECONDS},
    )
    if sqlite:
        event.listen(engine, "connect", prepare)
        event.listen(engine, "begin", begin)
    return engine


def prepare(connection: DBAPIConnection, _: object) -> None:
    """Set a new SQLite connection up; transactions are begun by `begin`, not by the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def begin(connection: Connection) -> None:
    """Take SQLite's write lock at once where a write will come: waiting then cannot deadlock."""
    options = connection.get_execution_options()
    if not options.get("bare", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def make_private(file: Path) -> None:
    """Create the SQLite file readable by its owner alone; its WAL takes over the same mode."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise RecordsUnavailable(
            f"The records cannot be kept in {file}: {error.strerror}. "
            "Make the data directory writable, or choose another one."
        ) from None


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's errors into RecordsUnavailable, without their cause: it has values."""
    try:
        yield
    except (exc.IntegrityError, exc.DataError):
        raise
    except (exc.DBAPIError, exc.TimeoutError) as error:
        raise RecordsUnavailable(
            f"The database of the records does not answer ({type(error).__name__}). "
            "Check that it runs, that DATABASE_URL is right and that its disk is not full."
        ) from None
