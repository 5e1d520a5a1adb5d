"""What was asked for only, page by page."""

from datetime import date

import pytest

from bot.review.accounts.accounts import add
from bot.review.log.query_log import QueryLog
from bot.review.queue.filters import Filter
from bot.review.queue.pages import PAGE, page
from bot.review.storage import Records
from bot.review.verdicts.giving import Opinion, give
from tests.bot.review.answers import answer, trace


def questions(records: Records, wanted: Filter | None = None) -> list[str]:
    return [item.question for item in page(records, wanted or Filter()).items]


def test_a_filter_leaves_only_what_it_names(records: Records, log: QueryLog) -> None:
    for name in ("anna", "ben"):
        add(records, name, "correct horse battery", "moderator")
    judged, doubted = answer("not_found"), answer()
    log.record("问题一", judged, trace())
    log.record("問題 二", answer("not_found"), trace(substances=("mdma",)))
    log.record("问题三", answer("crisis", passages=()), trace())
    log.record("Question 4", answer(language="en"), trace(gate=("p1: amount",)))
    log.record("问题五", doubted, trace())
    log.flush()
    give(records, judged.id, 1, Opinion("missing_source"), None)
    give(records, doubted.id, 2, Opinion("right", second=True), None)
    expected: dict[str, Filter] = {
        "二三4五": Filter(),
        "三": Filter(kind="crisis"),
        "": Filter(kind="greeting"),
        "4": Filter(language="en"),
        "一二三4五": Filter(state="all"),
        "一": Filter(state="reviewed"),
        "五": Filter(state="second"),
        "二": Filter(substance="mdma"),
        "三二4五": Filter(source="seeds/002.txt"),
        "五 ": Filter(verdict="right"),
        "一 ": Filter(reviewer="anna", state="all"),
        "4 ": Filter(reason="gate"),
        "二 ": Filter(text="問題二"),
        "二三五": Filter(text="问题"),
        "4  ": Filter(text="QUESTION"),
        " ": Filter(text="100%_"),
        "  ": Filter(until=date(2020, 1, 1)),
        "二三4五 ": Filter(since=date(2020, 1, 1), until=date(9999, 12, 31)),
    }
    for told, wanted in expected.items():
        found = {question[-1] for question in questions(records, wanted)}
        assert found == set(told.strip()), wanted
        assert page(records, wanted).total == len(found)
    assert page(records, Filter()).kinds == {"not_found": 1, "crisis": 1, "answer": 2}


def test_pages_hold_every_row_once(records: Records, log: QueryLog) -> None:
    for number in range(PAGE + 3):
        log.record(f"问题{number}", answer(), trace())
    log.flush()
    pages = [page(records, Filter(), number) for number in (1, 2)]
    assert [len(each.items) for each in pages] == [PAGE, 3]
    assert len({item.id for each in pages for item in each.items}) == PAGE + 3
    assert pages[0].pages == 2


@pytest.mark.parametrize("number", [-1, 0, 2, 10**12])
def test_a_page_that_is_not_there_is_the_nearest(records: Records, number: int) -> None:
    assert page(records, Filter(), number).number == 1
