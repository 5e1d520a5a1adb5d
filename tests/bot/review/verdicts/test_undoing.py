"""Taking back, and judging many at once: the history keeps all, the state follows."""

import pytest

from bot.review.accounts.accounts import add
from bot.review.log.query_log import QueryLog
from bot.review.queue.claims import claim
from bot.review.queue.filters import Filter
from bot.review.queue.pages import page
from bot.review.queue.progress import progress
from bot.review.storage import Records
from bot.review.verdicts.bulk import judge_all, met
from bot.review.verdicts.giving import Opinion, give
from bot.review.verdicts.undoing import undo, undo_batch
from bot.review.viewing import View, view
from tests.bot.review.answers import answer, trace


@pytest.fixture(autouse=True)
def two(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two moderators and an admin; nothing is drawn at random."""
    monkeypatch.setattr("bot.review.queue.urgency.SAMPLE", 10**9)
    for name, role in (("anna", "moderator"), ("ben", "moderator"), ("eva", "admin")):
        add(records, name, "correct horse battery", role)  # type: ignore[arg-type]


@pytest.fixture
def record(records: Records, log: QueryLog) -> str:
    shown = answer()
    log.record("问题", shown, trace())
    log.flush()
    return shown.id


def found(records: Records, record: str) -> View:
    seen = view(records, record)
    assert isinstance(seen, View)
    return seen


def current(records: Records, record: str) -> int:
    held = found(records, record).current
    assert held is not None
    return held.id


def test_a_verdict_taken_back_leaves_the_one_before(records: Records, record: str) -> None:
    give(records, record, 1, Opinion("right", "好"), None)
    first = current(records, record)
    give(records, record, 2, Opinion("unsafe"), first)
    assert undo(records, current(records, record), 2) == "undone"
    assert current(records, record) == first
    assert found(records, record).item.verdict == "right"
    assert undo(records, first, 1) == "undone"
    seen = found(records, record)
    assert (seen.state, seen.item.state, seen.item.verdict) == ("open", "open", None)
    assert [(each.verdict, each.withdrawn) for each in seen.history] == [
        ("unsafe", True), ("right", True),
    ]  # fmt: skip
    assert page(records, Filter()).total == 1


def test_only_ones_own_verdict_is_taken_back_unless_one_is_an_admin(
    records: Records, record: str
) -> None:
    give(records, record, 1, Opinion("right"), None)
    held = current(records, record)
    assert undo(records, held, 2) == "not_yours"
    assert undo(records, held, 3, admin=True) == "undone"


def test_what_another_has_judged_since_is_not_taken_back(records: Records, record: str) -> None:
    give(records, record, 1, Opinion("right"), None)
    first = current(records, record)
    give(records, record, 2, Opinion("unsafe"), first)
    assert undo(records, first, 1) == "changed"
    assert undo(records, 12345, 1) == "changed"
    assert found(records, record).item.verdict == "unsafe"


def test_a_second_opinion_is_wanted_until_it_is_given(records: Records, record: str) -> None:
    give(records, record, 1, Opinion("right", second=True), None)
    assert found(records, record).state == "second"
    assert page(records, Filter()).items[0].state == "second"
    give(records, record, 2, Opinion("right"), current(records, record))
    assert page(records, Filter()).total == 0
    undo(records, current(records, record), 2)
    assert found(records, record).state == found(records, record).item.state == "second"


@pytest.fixture
def many(records: Records, log: QueryLog) -> list[str]:
    """Questions without an answer, and one about danger."""
    log.record("危险", answer("emergency"), trace())
    for number in range(6):
        log.record(f"问题{number}", answer("not_found"), trace())
    log.flush()
    return [item.row for item in page(records, Filter()).items]


def test_one_verdict_meets_the_rows_that_were_shown(records: Records, many: list[str]) -> None:
    shown = met(records, Filter(kind="not_found"), 1)
    assert len(shown) == 6
    ticked = frozenset(item.row for item in shown[:4])
    done = judge_all(records, Filter(kind="not_found"), 1, Opinion("missing_source"), ticked)
    assert done.number == 4
    assert page(records, Filter()).total == 3
    assert page(records, Filter(state="reviewed", reviewer="anna")).total == 4
    assert undo_batch(records, done.batch, 2) == 0
    assert undo_batch(records, done.batch, 1) == 4
    assert page(records, Filter()).total == 7


def test_danger_and_what_others_are_at_is_not_judged_unseen(
    records: Records, many: list[str]
) -> None:
    claim(records, page(records, Filter()).items[1].id, 2)
    shown = met(records, Filter(), 1)
    assert {item.kind for item in shown} == {"not_found"}
    assert len(shown) == 5
    done = judge_all(records, Filter(), 1, Opinion("right"), frozenset(many))
    assert done.number == 5


def test_of_a_batch_only_what_still_holds_is_taken_back(records: Records, many: list[str]) -> None:
    done = judge_all(records, Filter(), 1, Opinion("right"), frozenset(many))
    [first, *_] = page(records, Filter(state="reviewed")).items
    give(records, first.id, 2, Opinion("unsafe"), current(records, first.id))
    assert undo_batch(records, done.batch, 1) == done.number - 1
    assert found(records, first.id).item.verdict == "unsafe"


def test_progress_counts_rows_by_state_and_verdicts_by_reviewer(
    records: Records, many: list[str]
) -> None:
    ids = [item.id for item in page(records, Filter()).items]
    give(records, ids[0], 1, Opinion("right"), None)
    give(records, ids[1], 1, Opinion("right", second=True), None)
    give(records, ids[2], 2, Opinion("right"), None)
    give(records, ids[3], 2, Opinion("right"), None)
    undo(records, current(records, ids[3]), 2)
    done = progress(records)
    assert done.states == {"reviewed": 2, "second": 1, "open": 4}
    assert [(each.name, each.week, each.total) for each in done.reviewers] == [
        ("anna", 2, 2), ("ben", 1, 1),
    ]  # fmt: skip
