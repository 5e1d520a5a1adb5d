"""From the tables of the release before to these, with rows in them."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import text

from bot.review.database.migrating import config
from bot.review.log.shown import apart
from bot.review.queue.filters import Filter
from bot.review.queue.pages import page
from bot.review.storage import Records
from bot.review.verdicts.giving import Opinion, give
from bot.review.viewing import View, view
from tests.bot.review.answers import answer


@pytest.fixture
def before(tableless: str) -> Iterator[Records]:
    """A database as the release before left it: four records, feedback, verdicts, a login."""
    records = Records(tableless)
    with records.engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            command.upgrade(config(connection), "0001")
    now = datetime.now(UTC)
    with records.writing() as session:

        def insert(table: str, **values: object) -> None:
            names = ", ".join(values)
            places = ", ".join(f":{name}" for name in values)
            session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)

        insert(
            "accounts", id=1, name="anna", password="x", role="admin", created_at=now.isoformat()
            if records.sqlite else now,
        )  # fmt: skip
        moment = now.isoformat(" ") if records.sqlite else now
        for name, kind, gate in (
            ("danger", "emergency", []), ("plain", "answer", []), ("down", "answer", []),
            ("stopped", "answer", ["p1: amount"]),
        ):  # fmt: skip
            shown, passages = apart(answer(kind, id=name))  # type: ignore[arg-type]
            insert(
                "records", id=name, hour=moment, expires_on=date(2999, 1, 1).isoformat()
                if records.sqlite else date(2999, 1, 1), urgency=0, kind=kind,
                language="zh-Hans", question=f"问题 {name}",
                triage=json.dumps({"kind": "information", "signs": [], "substances": ["ketamine"],
                                   "topics": []}),
                answer=json.dumps(shown), candidates="[]", gate=json.dumps(gate),
                milliseconds="{}",
            )  # fmt: skip
            for key, content in passages.items():
                if name == "danger":
                    insert("shown_passages", hash=key, content=json.dumps(content))
                insert("record_passages", record=name, hash=key)
        insert("feedback", record="down", verdict="down", reasons="[]")
        for number, (name, verdict, held) in enumerate(
            (("plain", "unsafe", False), ("plain", "right", True), ("gone", "right", True)), 1
        ):
            insert(
                "verdicts", id=number, record=name, account=1, verdict=verdict, given_at=moment,
                current=held, kind="answer", language="zh-Hans",
            )  # fmt: skip
    yield records
    records.close()


def test_what_was_kept_before_is_in_the_queue_after(before: Records) -> None:
    before.migrate()
    assert [item.id for item in page(before, Filter()).items] == ["danger", "stopped", "down"]
    assert [item.reasons for item in page(before, Filter(state="all")).items] == [
        ("emergency",), ("gate",), ("thumbs_down",), (),
    ]  # fmt: skip
    assert page(before, Filter(state="reviewed")).items[0].verdict == "right"
    assert page(before, Filter(substance="ketamine", state="all", text="PLAIN")).total == 1


def test_what_was_said_before_still_holds_and_can_be_followed(before: Records) -> None:
    before.migrate()
    found = view(before, "plain")
    assert isinstance(found, View)
    assert [(each.verdict, each.current) for each in found.history] == [
        ("right", True), ("unsafe", False),
    ]  # fmt: skip
    assert found.answer == answer(id="plain")
    gone = view(before, "gone")
    assert isinstance(gone, tuple)
    assert gone[0].verdict == "right"
    if not before.sqlite:
        with before.writing() as session:
            session.execute(text("SELECT setval('verdicts_id_seq', 10)"))
    assert give(before, "plain", 1, Opinion("unsafe"), found.history[0].id) == "saved"
