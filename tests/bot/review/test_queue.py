"""The queue: what matters first, what was asked for only, one row a question, page by page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from bot.review.accounts import add
from bot.review.claims import CLAIM, claim, release
from bot.review.filters import Filter
from bot.review.log import QueryLog
from bot.review.queue import PAGE, neighbours, page
from bot.review.records import Records
from bot.review.retention import purge
from bot.review.tables import QueueRow, RowMark
from bot.review.urgency import REST, judged_by_visitor, reasons, urgency
from bot.review.verdicts import Opinion, give
from bot.review.viewing import View, view
from bot.trace import Candidate
from tests.bot.review.answers import answer, passage, trace


@pytest.fixture(autouse=True)
def no_sample(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No record is drawn at random, unless the test wants it."""
    monkeypatch.setattr("bot.review.urgency.SAMPLE", 10**9)
    yield


def fixed(moment: datetime) -> datetime:
    return moment


def questions(records: Records, wanted: Filter | None = None) -> list[str]:
    return [item.question for item in page(records, wanted or Filter()).items]


def test_what_matters_comes_first(records: Records, log: QueryLog) -> None:
    down = answer()
    near = (Candidate("p1", "d", 0.5, 0.5, 1.0, True), Candidate("p2", "d", 0.49, 0.5, 1.0, False))
    log.record("十", answer("greeting"), trace())
    log.record("八", answer(), trace(candidates=near))
    log.record("七", answer("clarify"), trace())
    log.record("六", answer("dose_declined"), trace(signs=("wording",)))
    log.record("五", answer("not_found"), trace())
    log.record("四", down, trace())
    log.record("三", answer(), trace(gate=("p1: amount",)))
    log.record("二", answer("crisis"), trace())
    log.record("一", answer("emergency"), trace())
    log.feedback(down.id, "down", (), None)
    log.flush()
    assert questions(records) == list("一二三四五六七八十")
    assert [item.reasons for item in page(records, Filter()).items] == [
        ("emergency",), ("crisis",), ("gate",), ("thumbs_down",), ("not_found",), ("doubted",),
        ("ambiguous",), ("low_margin",), (),
    ]  # fmt: skip


def test_a_danger_whose_gate_failed_has_both_reasons_and_comes_first() -> None:
    both = judged_by_visitor(reasons("x", "emergency", ("x",), {}, ()), "down")
    assert both == ("emergency", "gate", "thumbs_down")
    assert urgency(both) > urgency(("crisis",))
    assert urgency(()) == REST


def test_a_thumb_turned_up_again_is_no_reason() -> None:
    assert judged_by_visitor(("thumbs_down", "low_margin"), "up") == ("low_margin",)


def test_a_decline_is_doubted_where_the_classifier_finds_it_unlikely() -> None:
    for likely, expected in ((0.9, ()), (0.2, ("doubted",))):
        triage = {"signs": ["ask.dose"], "likeness": {"dosing": likely}}
        assert reasons("x", "dose_declined", (), triage, ()) == expected


def test_what_was_hardly_good_enough_is_a_close_call() -> None:
    weak = [{"fused": 0.2, "shown": True}]
    assert reasons("x", "answer", (), {}, weak) == ("low_margin",)
    assert reasons("x", "answer", (), {}, [{"fused": 0.9, "shown": True}]) == ()


def test_some_of_the_rest_are_drawn_and_the_same_when_drawn_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.review.urgency.SAMPLE", 20)
    drawn = [reasons(f"id{number}", "answer", (), {}, ()) for number in range(2000)]
    assert 60 < drawn.count(("sample",)) < 140
    assert drawn == [reasons(f"id{number}", "answer", (), {}, ()) for number in range(2000)]
    assert judged_by_visitor(("sample",), "down") == ("thumbs_down",)


def test_of_two_that_matter_the_same_the_newer_comes_first(
    records: Records, log: QueryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hours, question in ((5, "旧"), (0, "新"), (9, "更旧")):
        then = datetime.now(UTC) - timedelta(hours=hours)
        monkeypatch.setattr(log, "clock", partial(fixed, then))
        log.record(question, answer(), trace())
    log.flush()
    assert questions(records) == ["新", "旧", "更旧"]


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


def test_a_record_that_never_was_is_nothing(records: Records) -> None:
    assert view(records, "nobody") is None


@pytest.fixture
def three(records: Records, log: QueryLog) -> list[str]:
    """Three records in the order of the queue, and two moderators."""
    for name in ("anna", "ben"):
        add(records, name, "correct horse battery", "moderator")
    for kind in ("emergency", "crisis", "not_found"):
        log.record(kind, answer(kind), trace())
    log.flush()
    return [item.id for item in page(records, Filter()).items]


def test_next_and_previous_follow_the_list_and_go_round(records: Records, three: list[str]) -> None:
    one, two, three_ = three
    assert neighbours(records, Filter(), one, 1) == (None, two)
    assert neighbours(records, Filter(), two, 1) == (one, three_)
    assert neighbours(records, Filter(), three_, 1) == (two, one)
    give(records, two, 1, Opinion("right"), None)
    assert neighbours(records, Filter(), two, 1) == (one, three_)
    assert neighbours(records, Filter(kind="crisis"), two, 1) == (None, None)


def test_what_somebody_is_at_is_passed_over_until_the_claim_lapses(
    records: Records, three: list[str]
) -> None:
    one, two, three_ = three
    now = datetime.now(UTC)
    assert claim(records, two, 1)
    assert not claim(records, two, 2)
    assert claim(records, two, 1)
    assert neighbours(records, Filter(), one, 2) == (None, three_)
    assert neighbours(records, Filter(), one, 1) == (None, two)
    assert page(records, Filter()).items[1].claimed_by == "anna"
    assert claim(records, two, 2, now + CLAIM + timedelta(seconds=9))


def test_a_claim_ends_with_the_verdict_or_when_it_is_given_up(
    records: Records, three: list[str]
) -> None:
    one, two, _ = three
    claim(records, one, 1)
    release(records, one, 2)
    assert page(records, Filter()).items[0].claimed_by == "anna"
    release(records, one, 1)
    assert page(records, Filter()).items[0].claimed_by is None
    claim(records, two, 1)
    give(records, two, 1, Opinion("right", second=True), None)
    assert page(records, Filter(state="second")).items[0].claimed_by is None


def test_what_was_close_tells_why_it_lost(records: Records, log: QueryLog) -> None:
    weighed = (
        Candidate("p1", "d", 0.9, 0.5, 1.0, True),
        Candidate("p2", "d", 0.8, 0.5, 1.0, False),
        Candidate("p3", "d", 0.7, 0.5, 1.0, True),
        Candidate("p4", "d", 0.6, 0.5, 1.0, False),
        Candidate("p5", "d", 0.5, 0.5, 1.0, True),
    )
    shown, silent = answer(), answer("not_found", passages=())
    log.record("一", shown, trace(candidates=weighed[:4], gate=("passage p1: amount",)))
    log.record("二", silent, trace(candidates=weighed[3:4]))
    log.flush()
    found, empty = view(records, shown.id), view(records, silent.id)
    assert isinstance(found, View)
    assert isinstance(empty, View)
    assert [each.why for each in found.candidates] == ["gate", "language", "shown", "ranked_lower"]
    assert found.candidates[3].behind == pytest.approx(0.3)
    assert [each.why for each in empty.candidates] == ["silence"]
