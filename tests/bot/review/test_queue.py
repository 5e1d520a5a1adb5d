"""The queue: what matters first, what was asked for only, page by page."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.review.accounts import add
from bot.review.log import QueryLog
from bot.review.queue import PAGE, Filter, page, view
from bot.review.records import Records
from bot.review.urgency import REST, reasons, urgency
from bot.review.verdicts import give
from tests.bot.review.answers import answer, trace


def fixed(moment: datetime) -> datetime:
    return moment


def test_what_matters_comes_first(records: Records, log: QueryLog) -> None:
    down = answer()
    log.record("八", answer("greeting"), trace())
    log.record("五", answer("not_found"), trace())
    log.record("四", down, trace())
    log.record("三", answer(), trace(gate=("p1: amount",)))
    log.record("二", answer("crisis"), trace())
    log.record("一", answer("emergency"), trace())
    log.feedback(down.id, "down", (), None)
    log.flush()
    assert [item.question for item in page(records, Filter()).items] == list("一二三四五八")
    assert [item.reasons for item in page(records, Filter()).items] == [
        ("emergency",), ("crisis",), ("gate",), ("thumbs_down",), ("not_found",), (),
    ]  # fmt: skip


def test_a_danger_whose_gate_failed_has_both_reasons_and_comes_first() -> None:
    assert reasons("emergency", ("x",), "down") == ("emergency", "gate", "thumbs_down")
    assert urgency("emergency", ("x",), "down") > urgency("crisis", (), None)
    assert urgency("answer", (), "up") == REST


def test_of_two_that_matter_the_same_the_newer_comes_first(
    records: Records, log: QueryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hours, question in ((5, "旧"), (0, "新"), (9, "更旧")):
        then = datetime.now(UTC) - timedelta(hours=hours)
        monkeypatch.setattr(log, "clock", partial(fixed, then))
        log.record(question, answer(), trace())
    log.flush()
    assert [item.question for item in page(records, Filter()).items] == ["新", "旧", "更旧"]


def test_a_filter_leaves_only_what_it_names(records: Records, log: QueryLog) -> None:
    add(records, "anna", "correct horse battery", "moderator")
    judged = answer("not_found")
    for shown in (judged, answer("not_found"), answer("crisis"), answer(language="en")):
        log.record("问题", shown, trace())
    log.flush()
    give(records, judged.id, 1, "missing_source", None, None)
    assert page(records, Filter()).total == 3
    assert page(records, Filter()).kinds == {"not_found": 1, "crisis": 1, "answer": 1}
    assert page(records, Filter(kind="crisis")).total == 1
    assert page(records, Filter(kind="greeting")).items == ()
    assert page(records, Filter(language="en")).total == 1
    assert page(records, Filter(state="all")).total == 4
    [item] = page(records, Filter(state="reviewed")).items
    assert (item.id, item.verdict) == (judged.id, "missing_source")


def test_pages_hold_every_record_once(records: Records, log: QueryLog) -> None:
    for _ in range(PAGE + 3):
        log.record("问题", answer(), trace())
    log.flush()
    pages = [page(records, Filter(), number) for number in (1, 2)]
    assert [len(each.items) for each in pages] == [PAGE, 3]
    assert len({item.id for each in pages for item in each.items}) == PAGE + 3
    assert pages[0].pages == 2


@pytest.mark.parametrize("number", [-1, 0, 2, 10**12])
def test_a_page_that_is_not_there_is_the_nearest(records: Records, number: int) -> None:
    assert page(records, Filter(), number).number == 1


def test_a_record_that_never_was_is_nothing(records: Records) -> None:
    assert view(records, "nobody") is None
