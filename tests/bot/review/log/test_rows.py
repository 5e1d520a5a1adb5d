"""One question with one answer is one row, however often it was asked."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from bot.review.accounts.accounts import add
from bot.review.database.tables import QueueRow, RowMark
from bot.review.log.query_log import QueryLog
from bot.review.log.retention import purge
from bot.review.queue.filters import Filter
from bot.review.queue.pages import page
from bot.review.storage import Records
from bot.review.verdicts.giving import Opinion, give
from bot.review.viewing import View, view
from tests.bot.review.answers import answer, passage, trace


@pytest.fixture(autouse=True)
def no_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """No record is drawn at random."""
    monkeypatch.setattr("bot.review.queue.urgency.SAMPLE", 10**9)


def fixed(moment: datetime) -> datetime:
    return moment


def test_the_same_question_asked_forty_times_is_one_row(records: Records, log: QueryLog) -> None:
    for _ in range(20):
        log.record("Ｋ粉  有什麼副作用？", answer(), trace())
        log.record("k粉有什么副作用", answer(), trace())
    log.flush()
    [item] = page(records, Filter()).items
    assert item.number == 40
    assert page(records, Filter()).total == 1


@pytest.mark.parametrize("other", ["question", "kind", "passage", "substance"])
def test_another_question_or_another_answer_is_another_row(
    records: Records, log: QueryLog, other: str
) -> None:
    log.record("问题", answer(), trace())
    changed = {
        "question": ("别的", answer(), trace()),
        "kind": ("问题", answer("not_found"), trace()),
        "passage": ("问题", answer(passages=(passage(2),)), trace()),
        "substance": ("问题", answer(), trace(substances=("mdma",))),
    }
    log.record(*changed[other])
    log.flush()
    assert page(records, Filter()).total == 2


def test_a_row_shows_the_most_urgent_of_its_records(records: Records, log: QueryLog) -> None:
    first, second, third = answer(), answer(), answer()
    for shown in (first, second, third):
        log.record("问题", shown, trace())
    log.feedback(second.id, "down", (), None)
    log.flush()
    [item] = page(records, Filter()).items
    assert (item.id, item.number, item.reasons) == (second.id, 3, ("thumbs_down",))
    log.feedback(second.id, "up", (), None)
    log.flush()
    assert page(records, Filter()).items[0].reasons == ()


def test_a_verdict_holds_for_all_that_ask_the_same(records: Records, log: QueryLog) -> None:
    add(records, "anna", "correct horse battery", "moderator")
    shown = [answer() for _ in range(3)]
    for each in shown[:2]:
        log.record("问题", each, trace())
    log.flush()
    give(records, shown[0].id, 1, Opinion("right"), None)
    log.record("问题", shown[2], trace())
    log.flush()
    assert page(records, Filter()).total == 0
    for each in shown:
        found = view(records, each.id)
        assert isinstance(found, View)
        assert (found.state, found.item.number) == ("reviewed", 3)


def test_when_a_record_goes_its_row_keeps_the_others(
    records: Records, log: QueryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    old, new = answer(), answer()
    monkeypatch.setattr(log, "clock", partial(fixed, now - timedelta(days=20)))
    log.record("我叫王伟，问题", old, trace(gate=("p1: amount",)))
    monkeypatch.setattr(log, "clock", partial(fixed, now))
    log.record("我叫[name]，问题！", new, trace())
    log.flush()
    assert page(records, Filter()).items[0].id == old.id
    purge(records, now + timedelta(days=10))
    [item] = page(records, Filter()).items
    assert (item.id, item.number, item.question) == (new.id, 1, "我叫[name]，问题！")
    assert item.reasons == ()
    purge(records, now + timedelta(days=30))
    with records.reading() as session:
        for table in (QueueRow, RowMark):
            assert session.scalar(select(func.count()).select_from(table)) == 0
