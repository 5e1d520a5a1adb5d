"""What matters first, and why."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.review.log.query_log import QueryLog
from bot.review.queue.filters import Filter
from bot.review.queue.pages import page
from bot.review.queue.urgency import REST, judged_by_visitor, reasons, urgency
from bot.review.storage import Records
from bot.trace import Candidate
from tests.bot.review.answers import answer, trace


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


def test_what_hardly_outdid_what_was_not_shown_is_a_close_call() -> None:
    for best, expected in ((2.2, ("low_margin",)), (2.4, ())):
        weighed = [{"fused": best, "shown": True}, {"fused": 2.0, "shown": False}]
        assert reasons("x", "answer", (), {}, weighed) == expected
    alone = [{"fused": 0.9, "shown": True}]
    assert reasons("x", "answer", (), {}, alone) == ()
    assert reasons("x", "answer", (), {}, [{"fused": 0.9, "shown": False}]) == ()


def test_some_of_the_rest_are_drawn_and_the_same_when_drawn_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.review.queue.urgency.SAMPLE", 20)
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
