"""Numbers by day that tell of nobody, and where they stand in a drawing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.review.accounts.accounts import add
from bot.review.database.tables import Count
from bot.review.log.query_log import QueryLog
from bot.review.statistics.by_day import share, statistics
from bot.review.statistics.charts import HEIGHT, WIDTH, bars, line, percent, plain
from bot.review.storage import Records
from bot.review.verdicts.giving import Opinion, give
from tests.bot.review.answers import answer, trace

TODAY = date(2026, 3, 10)


def count(
    records: Records, day: date, event: str, number: int, kind: str = "", language: str = ""
) -> None:
    with records.writing() as session:
        session.add(Count(day=day, event=event, kind=kind, language=language, number=number))


def test_answers_are_summed_by_day_kind_and_language(records: Records) -> None:
    count(records, TODAY, "answer", 30, "answer", "en")
    count(records, TODAY, "answer", 10, "not_found", "en")
    count(records, TODAY - timedelta(days=1), "answer", 2, "answer", "zh-Hans")
    count(records, TODAY - timedelta(days=40), "answer", 99, "answer", "en")
    count(records, TODAY, "up", 8)
    count(records, TODAY, "down", 8)
    found = statistics(records, TODAY, 30)
    assert len(found.days) == 30
    assert found.days[-1].answers == 40
    assert found.days[-1].not_found == 0.25
    assert found.days[-1].helpful == 0.5
    assert found.days[-2].answers is None
    assert found.days[0].answers == 0
    assert found.kinds == {"answer": 32, "not_found": 10}
    assert found.languages == {"en": 40, "zh-Hans": None}


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(0, 4, None), (0, 5, 0.0), (1, 20, None), (19, 20, None), (5, 10, 0.5), (20, 20, 1.0)],
)
def test_no_share_tells_of_fewer_than_five(part: int, whole: int, told: float | None) -> None:
    assert share(part, whole) == told


def test_what_was_reviewed_and_how_soon(records: Records, log: QueryLog) -> None:
    add(records, "anna", "correct horse battery", "moderator")
    for number in range(10):
        shown = answer()
        log.record(f"问题{number}", shown, trace())
        assert log.flush()
        if number < 5:
            give(records, shown.id, 1, Opinion("right"), None)
    day = statistics(records, datetime.now(UTC).date(), 2).days[-1]
    assert day.reviewed == 0.5
    assert day.hours is not None
    assert 0 <= day.hours < 2


def test_bars_stand_in_the_picture_and_what_is_not_told_is_missing() -> None:
    chart = bars([("a", 10.0), ("b", None), ("c", 0.0), ("d", 37.0)])
    assert [bar.words for bar in chart.bars] == ["a: 10", "c: 0", "d: 37"]
    assert (chart.highest, chart.gaps) == ("37", 1)
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT
    assert chart.bars[2].height > chart.bars[0].height > chart.bars[1].height == 0


def test_a_line_is_broken_where_a_day_is_not_told() -> None:
    values = [("a", 0.1), ("b", 0.2), ("c", None), ("d", 0.3), ("e", None), ("f", 1.0), ("g", 0.0)]
    chart = line(values, percent, most=1.0)
    assert len(chart.points) == 5
    assert [len(each.split()) for each in chart.lines] == [2, 2]
    assert [tick.words for tick in chart.beside] == ["0%", "50%", "100%"]


def test_nothing_told_is_no_picture() -> None:
    assert bars([("a", None)]).empty
    assert line([]).empty
    assert bars([("a", None)]).highest is None


def test_numbers_are_written_as_people_read_them() -> None:
    assert [plain(1234.0), plain(2.5), plain(3.0), percent(0.256)] == ["1,234", "2.5", "3", "26%"]
