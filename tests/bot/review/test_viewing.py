"""One record as the visitor saw it, and what lost against it."""

import pytest

from bot.review.log.query_log import QueryLog
from bot.review.storage import Records
from bot.review.viewing import View, view
from bot.trace import Candidate
from tests.bot.review.answers import answer, trace


def test_a_record_that_never_was_is_nothing(records: Records) -> None:
    assert view(records, "nobody") is None


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
