"""Changes by moderators: versions, consent, and how every process gets to know of them."""

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.overrides import NONE
from bot.review.changes.feed import Feed
from bot.review.changes.payloads import (
    AliasPayload,
    BlockPayload,
    CasePayload,
    PassagePayload,
    PhrasePayload,
    PinPayload,
)
from bot.review.changes.versions import change, history, listed, propose
from bot.review.database.tables import Audit
from bot.review.storage import Records
from embeddings.errors import RecordsUnavailable

PASSAGE = PassagePayload(id="p", content="c", sentences=("s",), document="d.md")
PIN = PinPayload(question="氯胺酮会上瘾吗？", passages=(PASSAGE,), reach=0.8)
BLOCK = BlockPayload(passage=PASSAGE, substance="ketamine")
PHRASE = PhrasePayload(language="en", key="greeting", text="Hello there.", source="A. Editor")


def states(records: Records, name: str) -> list[str]:
    return [each.state for each in history(records, name)]


def test_a_pin_is_in_force_at_once_and_can_be_undone_and_brought_back(records: Records) -> None:
    name = propose(records, "anna", PIN, "the second one answers it")
    assert change(records, name, 1, "ben", "withdrawn") == "saved"
    assert change(records, name, 2, "anna", "active") == "saved"
    assert states(records, name) == ["active", "withdrawn", "active"]
    assert [each.who for each in history(records, name)] == ["anna", "ben", "anna"]
    assert history(records, name)[2].note == "the second one answers it"
    assert history(records, name)[0].payload == PIN


def test_every_version_leaves_a_line_in_the_audit_log_without_the_question(
    records: Records,
) -> None:
    name = propose(records, "anna", PIN)
    change(records, name, 1, "ben", "withdrawn")
    with records.reading() as session:
        lines = [(row.account, row.action, row.subject, row.detail) for row in session.query(Audit)]
    assert lines == [
        ("anna", "pin active", name, "version 1"),
        ("ben", "pin withdrawn", name, "version 2"),
    ]


def test_a_sentence_waits_for_a_second_person(records: Records) -> None:
    name = propose(records, "anna", PHRASE, source="A. Editor")
    assert states(records, name) == ["proposed"]
    assert change(records, name, 1, "anna", "active") == "same_person"
    assert change(records, name, 1, "ben", "active") == "saved"
    assert change(records, name, 2, "ben", "withdrawn") == "saved"
    assert change(records, name, 3, "ben", "active") == "saved"
    assert states(records, name)[0] == "proposed"
    assert change(records, name, 4, "ben", "active") == "same_person"
    assert change(records, name, 4, "anna", "active") == "saved"


def test_who_saw_an_older_version_changes_nothing(records: Records) -> None:
    name = propose(records, "anna", PIN)
    change(records, name, 1, "ben", "withdrawn")
    assert change(records, name, 1, "anna", "withdrawn") == "changed"
    assert change(records, "nothing", 1, "anna", "withdrawn") == "gone"
    assert len(history(records, name)) == 2


def test_of_many_at_the_same_moment_one_is_saved(records: Records) -> None:
    name = propose(records, "anna", PIN)
    outcomes: list[str] = []
    barrier = threading.Barrier(5)

    def withdraw() -> None:
        barrier.wait()
        outcomes.append(change(records, name, 1, "ben", "withdrawn"))

    threads = [threading.Thread(target=withdraw) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["changed"] * 4 + ["saved"]


def test_the_database_itself_refuses_to_edit_a_version(records: Records) -> None:
    propose(records, "anna", PIN)
    with pytest.raises((RecordsUnavailable, IntegrityError)), records.writing() as session:
        session.execute(text("UPDATE overrides SET who = 'x'"))
    assert listed(records)[0].who == "anna"


def test_the_list_can_be_narrowed(records: Records) -> None:
    names = [propose(records, "anna", each) for each in (PIN, BLOCK, PHRASE)]
    change(records, names[0], 1, "ben", "withdrawn")
    assert [each.kind for each in listed(records)] == ["pin", "phrase", "block"]
    assert [each.id for each in listed(records, kinds=("block",))] == [names[1]]
    assert [each.id for each in listed(records, states=("active",))] == [names[1]]


def test_what_is_in_force_is_handed_out(records: Records) -> None:
    propose(records, "anna", PHRASE)
    propose(records, "anna", CasePayload(question="q", answer="not_found"))
    name = propose(records, "anna", PIN)
    feed = Feed(records)
    assert feed.refresh()
    assert feed.current().pins == (PIN.edit(name),)
    assert feed.current().phrases == ()
    assert feed.current().version == 3


def test_another_process_sees_a_change_within_two_seconds(url: str, records: Records) -> None:
    elsewhere = Records(url)
    feed = Feed(elsewhere)
    feed.start()
    try:
        assert feed.current().blocks == ()
        name = propose(records, "anna", BLOCK)
        began = time.monotonic()
        while not feed.current().blocks and time.monotonic() - began < 5:
            time.sleep(0.02)
        assert time.monotonic() - began < 2
        change(records, name, 1, "ben", "withdrawn")
        began = time.monotonic()
        while feed.current().blocks and time.monotonic() - began < 5:
            time.sleep(0.02)
        assert time.monotonic() - began < 2
    finally:
        feed.stop()
        elsewhere.close()


def test_what_is_handed_out_needs_no_database(records: Records) -> None:
    propose(records, "anna", PIN)
    feed = Feed(records)
    feed.refresh()
    records.close()
    held = feed.current()
    feed.records = Records("postgresql://nobody@127.0.0.1:1/none")
    assert feed.refresh() is False
    assert feed.current() is held


def test_the_last_known_survive_a_restart_without_the_database(
    records: Records, tmp_path: Path
) -> None:
    copy = tmp_path / "data" / "corrections.json"
    propose(records, "anna", BLOCK)
    propose(records, "anna", CasePayload(question="a visitor's own words", answer="not_found"))
    first = Feed(records, copy)
    first.refresh()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "visitor" not in copy.read_text("utf-8")
    second = Feed(Records("postgresql://nobody@127.0.0.1:1/none"), copy)
    assert second.refresh() is False
    assert second.current().blocks == first.current().blocks != ()


@pytest.mark.parametrize("spoilt", ["", "[]", '{"changes": 3}', '{"version": 1, "changes": [{}]}'])
def test_with_nothing_known_the_defaults_hold(tmp_path: Path, spoilt: str) -> None:
    copy = tmp_path / "corrections.json"
    if spoilt:
        copy.write_text(spoilt)
    feed = Feed(Records("postgresql://nobody@127.0.0.1:1/none"), copy)
    assert feed.refresh() is False
    assert feed.current() is NONE


def test_what_this_release_cannot_follow_is_passed_over(
    records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    propose(records, "anna", AliasPayload(name="蓝月亮", substances=("no_such_substance",)))
    name = propose(records, "anna", PIN)
    feed = Feed(records)
    feed.refresh()
    assert feed.current().aliases == ()
    assert [pin.id for pin in feed.current().pins] == [name]
    assert "passed over" in caplog.text
