"""The database: the same tables on both, forward only, private, and honest when it is away."""

import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Index, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.review import audit
from bot.review.accounts.accounts import add
from bot.review.database.tables import Account, Audit, Base, RecordPassage
from bot.review.storage import Records
from embeddings.errors import RecordsUnavailable


def test_the_migrations_make_exactly_the_tables_of_the_program(records: Records) -> None:
    with records.engine.connect() as connection:
        options = {"compare_type": True, "include_object": meant_for(connection)}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def meant_for(connection: Connection) -> Callable[..., bool]:
    """Whether an index of the program is one that this database has."""
    here = connection.dialect.name

    def meant(item: object, *_: object) -> bool:
        only = item._ddl_if.dialect if isinstance(item, Index) and item._ddl_if else here
        return bool(only == here)

    return meant


def test_migrating_again_changes_nothing(records: Records) -> None:
    add(records, "anna", "correct horse battery", "admin")
    with closing(Records(records.url.render_as_string(hide_password=False))) as again:
        again.migrate()
    with records.reading() as session:
        assert session.get_one(Account, 1).name == "anna"


def test_a_database_of_a_newer_program_is_refused(records: Records) -> None:
    with records.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordsUnavailable, match="newer"):
        records.migrate()


def test_the_audit_log_can_be_added_to_and_not_changed(records: Records) -> None:
    add(records, "anna", "correct horse battery", "admin")
    for change in ("UPDATE audit SET account = 'x'", "DELETE FROM audit"):
        with pytest.raises((RecordsUnavailable, IntegrityError)), records.writing() as session:
            session.execute(text(change))
    with records.reading() as session:
        assert session.get_one(Audit, 1).account == audit.OPERATOR


def test_a_record_cannot_cite_a_passage_that_is_not_there(records: Records) -> None:
    with pytest.raises(IntegrityError), records.writing() as session:
        session.add(RecordPassage(record="nobody", hash="nothing"))


def test_a_sqlite_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    records = Records(f"sqlite:///{tmp_path}/new/records.sqlite")
    records.migrate()
    with records.reading() as session:
        session.execute(text("SELECT 1"))
        modes = {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "new").iterdir()}
    records.close()
    assert modes == {0o600}


def test_a_database_that_is_away_says_what_to_do() -> None:
    records = Records("postgresql://nobody:secret@127.0.0.1:1/none")
    with pytest.raises(RecordsUnavailable, match="DATABASE_URL") as caught:
        records.migrate()
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordsUnavailable, match="file"):
        Records(f"sqlite:///{tmp_path}/file/records.sqlite").migrate()


@pytest.mark.parametrize("url", ["", "records.sqlite", "mysql://localhost/x", "postgres"])
def test_an_address_of_no_database_we_know_is_refused(url: str) -> None:
    with pytest.raises(RecordsUnavailable, match="DATABASE_URL"):
        Records(url)


def test_no_error_repeats_what_was_to_be_written(records: Records) -> None:
    with pytest.raises((RecordsUnavailable, DBAPIError)) as caught, records.writing() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:q)"), {"q": "a secret question"})
    assert "secret question" not in str(caught.value)
