"""Runs of a text, against a plain search of all of them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.vocabulary.spans import Spans

Run = tuple[int, int]
runs = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda r: (r[0], r[0] + r[1])), max_size=8
)
place = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda r: (r[0], r[0] + r[1]))


@given(runs, place)
def test_a_run_touches_where_it_shares_a_character(known: list[Run], asked: Run) -> None:
    start, end = asked
    plain = any(a < end and start < b for a, b in known)
    assert Spans(known).touch(start, end) == plain


@given(runs, place)
def test_a_run_covers_what_it_holds_and_more(known: list[Run], asked: Run) -> None:
    start, end = asked
    plain = any(a <= start and end <= b and (a, b) != asked for a, b in known)
    assert Spans(known).cover(start, end) == plain


@given(runs, place, st.integers(0, 10))
def test_a_run_lies_beside_within_its_reach(known: list[Run], asked: Run, reach: int) -> None:
    start, end = asked
    before = any(start - reach <= a and b <= start for a, b in known)
    found = Spans(known).beside(start, end, reach)
    if before:
        assert found
    if found:
        assert any(b <= start or a >= end for a, b in known)
