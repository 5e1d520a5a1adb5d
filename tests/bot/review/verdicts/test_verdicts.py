"""Verdicts: one current, all kept, the state derived from them."""

import threading
from collections import Counter
from datetime import UTC, datetime
from typing import get_args

import pytest
from sqlalchemy.exc import IntegrityError

from bot.review.accounts.accounts import add
from bot.review.database.tables import VERDICTS, Verdict, VerdictName
from bot.review.log.query_log import QueryLog
from bot.review.storage import Records
from bot.review.verdicts.giving import Given, Opinion, give, state
from bot.review.viewing import View, view
from tests.bot.review.answers import answer, trace


@pytest.fixture
def record(records: Records, log: QueryLog) -> str:
    """A logged record, and two moderators."""
    for name in ("anna", "ben"):
        add(records, name, "correct horse battery", "moderator")
    shown = answer()
    log.record("氯胺酮有什么副作用", shown, trace())
    log.flush()
    return shown.id


def found(records: Records, record: str) -> View:
    seen = view(records, record)
    assert isinstance(seen, View)
    return seen


@pytest.mark.parametrize("verdict", get_args(VerdictName))
def test_every_verdict_can_be_given(records: Records, record: str, verdict: VerdictName) -> None:
    assert give(records, record, 1, Opinion(verdict), None) == "saved"
    assert found(records, record).state == "reviewed"


def test_the_names_of_verdicts_are_told_once() -> None:
    assert get_args(VerdictName) == VERDICTS


def test_a_verdict_that_does_not_exist_is_refused(records: Records, record: str) -> None:
    with pytest.raises(ValueError, match="no such verdict"):
        give(records, record, 1, Opinion("fine"), None)  # type: ignore[arg-type]


def test_a_second_opinion_keeps_the_first(records: Records, record: str) -> None:
    give(records, record, 1, Opinion("right", "好"), None)
    [first] = found(records, record).history
    assert give(records, record, 2, Opinion("unsafe", "说了剂量\0"), first.id) == "saved"
    told = [(each.verdict, each.by, each.current) for each in found(records, record).history]
    assert told == [("unsafe", "ben", True), ("right", "anna", False)]
    assert found(records, record).history[0].note == "说了剂量\ufffd"


def test_who_did_not_see_the_last_verdict_does_not_overwrite_it(
    records: Records, record: str
) -> None:
    give(records, record, 1, Opinion("right"), None)
    assert give(records, record, 2, Opinion("unsafe"), None) == "changed"
    assert found(records, record).item.verdict == "right"


def test_of_many_at_the_same_moment_one_is_saved(records: Records, record: str) -> None:
    outcomes: list[str] = []
    barrier = threading.Barrier(6)

    def judge() -> None:
        barrier.wait()
        outcomes.append(give(records, record, 1, Opinion("right"), None))

    threads = [threading.Thread(target=judge) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(outcomes) == {"saved": 1, "changed": 5}


def test_the_database_itself_allows_one_current_verdict(records: Records, record: str) -> None:
    give(records, record, 1, Opinion("right"), None)
    with pytest.raises(IntegrityError), records.writing() as session:
        session.add(
            Verdict(
                record=record, account=2, verdict="unsafe", note=None, given_at=datetime.now(UTC),
                current=True, kind="answer", language="en", snapshot=None,
            )
        )  # fmt: skip


def test_a_record_that_is_gone_cannot_be_judged(records: Records, record: str) -> None:
    assert give(records, "another", 1, Opinion("right"), None) == "gone"


def test_the_state_follows_from_the_verdicts() -> None:
    now = datetime.now(UTC)
    old, current = (Given(1, "right", None, "anna", now, held) for held in (False, True))
    assert state([]) == state([old]) == "open"
    assert state([old, current]) == "reviewed"
    assert state([current], there=False) == "gone"
