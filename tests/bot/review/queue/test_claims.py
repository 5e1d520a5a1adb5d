"""Whoever is at a row keeps others away from it, for a while; next and previous pass it over."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.review.accounts.accounts import add
from bot.review.log.query_log import QueryLog
from bot.review.queue.claims import CLAIM, claim, release
from bot.review.queue.filters import Filter
from bot.review.queue.pages import neighbours, page
from bot.review.storage import Records
from bot.review.verdicts.giving import Opinion, give
from tests.bot.review.answers import answer, trace


@pytest.fixture
def three(records: Records, log: QueryLog) -> list[str]:
    """Three records in the order of the queue, and two moderators."""
    for name in ("anna", "ben"):
        add(records, name, "correct horse battery", "moderator")
    for kind in ("emergency", "crisis", "not_found"):
        log.record(kind, answer(kind), trace())
    log.flush()
    return [item.id for item in page(records, Filter()).items]


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


def test_next_and_previous_follow_the_list_and_go_round(records: Records, three: list[str]) -> None:
    one, two, three_ = three
    assert neighbours(records, Filter(), one, 1) == (None, two)
    assert neighbours(records, Filter(), two, 1) == (one, three_)
    assert neighbours(records, Filter(), three_, 1) == (two, one)
    give(records, two, 1, Opinion("right"), None)
    assert neighbours(records, Filter(), two, 1) == (one, three_)
    assert neighbours(records, Filter(kind="crisis"), two, 1) == (None, None)
