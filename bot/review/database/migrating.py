"""Bringing a database's tables up to this program, with the Alembic scripts that ship in it."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, text

from embeddings.errors import RecordsUnavailable

__all__ = ["config", "upgrade"]

SCRIPTS: Final = Path(__file__).parent / "migrations"
LOCK: Final = 0x5AFE_9A55
"""Key of PostgreSQL's advisory lock: one process migrates, the others wait for it."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for this package's own scripts, run over `connection`."""
    made = Config()
    made.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection) -> None:
    """Run every script that the database has not seen, in the transaction of `connection`.

    Raises RecordsUnavailable where the database holds a revision that this program lacks.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    try:
        command.upgrade(config(connection), "head")
    except CommandError:
        raise RecordsUnavailable(
            "The database of the records was written by a newer SafePassage. "
            "Install that version or a later one, or point DATABASE_URL at another database."
        ) from None
