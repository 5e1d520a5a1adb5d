"""What is due is deleted, on the day, from the tables and from the bytes of the files."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.review.accounts.accounts import add
from bot.review.changes.payloads import CasePayload
from bot.review.changes.versions import change, history, listed, propose
from bot.review.database.tables import (
    Account,
    Base,
    Count,
    Record,
    RecordPassage,
    ShownPassage,
    Verdict,
)
from bot.review.log.query_log import QueryLog
from bot.review.log.retention import purge
from bot.review.log.spill import Spill
from bot.review.storage import Records
from bot.review.verdicts.giving import Opinion, give
from bot.review.viewing import View, view
from tests.bot.review.answers import answer, passage, trace

SECRET = "独一无二的秘密问题zqxjv"
SHOWN = "独一无二的引文 ▢ kwpfy"
NOTE = "独一无二的备注mbgtd"


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def log(records: Records, tmp_path: Path, clock: Clock) -> Iterator[QueryLog]:
    with QueryLog(
        records, mode="redacted", retention_days=30, spill=tmp_path / "spill.jsonl", clock=clock
    ) as made:
        yield made


def number(records: Records, table: type[Base]) -> int:
    with records.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def logged(records: Records, log: QueryLog) -> str:
    """A record with everything that can hold text, judged by a moderator."""
    shown = answer(passages=(passage(1, SHOWN),))
    log.record(SECRET, shown, trace())
    log.feedback(shown.id, "down", (), SECRET)
    assert log.flush()
    add(records, "anna", "correct horse battery", "moderator")
    assert give(records, shown.id, 1, Opinion("wrong_passage", NOTE), None) == "saved"
    return shown.id


def bytes_of(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())


def test_nothing_is_deleted_before_its_day(records: Records, log: QueryLog, clock: Clock) -> None:
    logged(records, log)
    purged = purge(records, clock.now + timedelta(days=29))
    assert (purged.records, number(records, Record)) == (0, 1)


def test_on_its_day_all_text_goes_and_the_verdict_stays(
    records: Records, log: QueryLog, clock: Clock
) -> None:
    id_ = logged(records, log)
    purged = purge(records, clock.now + timedelta(days=30))
    assert (purged.records, purged.feedback, purged.passages, purged.notes) == (1, 1, 2, 1)
    assert number(records, RecordPassage) == number(records, ShownPassage) == 0
    found = view(records, id_)
    assert isinstance(found, tuple)
    assert [(given.verdict, given.note, given.by) for given in found] == [
        ("wrong_passage", None, "anna")
    ]
    assert number(records, Count) > 0


@pytest.mark.parametrize("everything", [False, True])
def test_no_byte_of_what_was_deleted_is_left_in_the_files(
    records: Records, log: QueryLog, clock: Clock, tmp_path: Path, everything: bool
) -> None:
    if not records.sqlite:
        pytest.skip("the files of PostgreSQL are its server's; docs/moderators.md says so")
    logged(records, log)
    before = bytes_of(tmp_path)
    for words in (SECRET, SHOWN, NOTE):
        assert words.encode() in before
    later = clock.now + timedelta(days=0 if everything else 30)
    assert purge(records, later, everything, tmp_path / "spill.jsonl").wiped
    after = bytes_of(tmp_path)
    for word in (b"zqxjv", b"kwpfy", b"mbgtd", "独一无二".encode()):
        assert word not in after


def test_the_log_purges_by_itself(records: Records, tmp_path: Path, clock: Clock) -> None:
    with QueryLog(
        records, mode="redacted", retention_days=30, spill=tmp_path / "s", clock=clock,
        purge_seconds=0.1,
    ) as log:  # fmt: skip
        log.record(SECRET, answer(), trace())
        log.flush()
        assert number(records, Record) == 1
        clock.now += timedelta(days=31)
        log.flush()
        give_up = time.monotonic() + 20
        while number(records, Record) and time.monotonic() < give_up:
            time.sleep(0.05)
        assert number(records, Record) == 0


def test_a_passage_that_another_record_cites_stays(
    records: Records, log: QueryLog, clock: Clock
) -> None:
    log.record("一", answer(), trace())
    log.flush()
    clock.now += timedelta(days=20)
    later = answer()
    log.record("二", later, trace())
    log.flush()
    purged = purge(records, clock.now + timedelta(days=10))
    assert (purged.records, purged.passages) == (1, 0)
    found = view(records, later.id)
    assert isinstance(found, View)
    assert found.answer == later


def test_what_waits_in_the_spill_file_is_purged_too(
    records: Records, tmp_path: Path, clock: Clock
) -> None:
    spill = tmp_path / "spill.jsonl"
    away = Records("postgresql://nobody@127.0.0.1:1/none")
    with QueryLog(away, mode="redacted", retention_days=30, spill=spill, clock=clock) as log:
        log.record(SECRET, answer("emergency"), trace())
        clock.now += timedelta(days=20)
        log.record("另一个", answer("emergency"), trace())
        log.flush()
    assert purge(records, clock.now + timedelta(days=10), spill=spill).spilled == 1
    assert b"zqxjv" not in bytes_of(tmp_path)
    assert "另一个".encode() in bytes_of(tmp_path)
    assert purge(records, clock.now, everything=True, spill=spill).spilled == 1
    assert Spill(spill).empty()


def test_wiping_everything_leaves_accounts_and_counts(
    records: Records, log: QueryLog, clock: Clock
) -> None:
    logged(records, log)
    assert purge(records, clock.now, everything=True).records == 1
    assert number(records, Record) == 0
    assert number(records, Account) == number(records, Verdict) == 1


def test_wiping_everything_takes_the_words_of_withdrawn_corrections_too(
    records: Records, clock: Clock, tmp_path: Path
) -> None:
    gone, stays = (
        propose(records, "anna", CasePayload(question=words, answer="not_found"))
        for words in (SECRET, "还有效的用例")
    )
    assert change(records, gone, 1, "anna", "withdrawn") == "saved"
    assert purge(records, clock.now + timedelta(days=400)).corrections == 0
    assert len(history(records, gone)) == 2
    assert purge(records, clock.now, everything=True).corrections == 2
    assert [each.id for each in listed(records)] == [stays]
    if records.sqlite:
        assert b"zqxjv" not in bytes_of(tmp_path)


def test_a_reader_that_holds_old_pages_is_said(
    records: Records, log: QueryLog, clock: Clock
) -> None:
    if not records.sqlite:
        pytest.skip("only SQLite has a write-ahead log that a reader holds")
    logged(records, log)
    with records.reading() as session:
        session.execute(text("SELECT * FROM records")).all()
        assert not purge(records, clock.now + timedelta(days=30)).wiped
    assert purge(records, clock.now, everything=True).wiped
