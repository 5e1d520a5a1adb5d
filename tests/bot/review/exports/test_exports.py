"""Records as files: a row an item, whole, and safe to open."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import MARK
from bot.review.accounts.accounts import add
from bot.review.exports.files import as_csv, as_json_lines, safe
from bot.review.exports.rows import COLUMNS, Wanted, rows
from bot.review.log.query_log import QueryLog
from bot.review.storage import Records
from bot.review.verdicts.giving import Opinion, give
from tests.bot.review.answers import answer, trace


def logged(log: QueryLog, question: str, **fields: object) -> str:
    shown = answer(**fields)  # type: ignore[arg-type]
    log.record(question, shown, trace())
    assert log.flush()
    return shown.id


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", '=HYPERLINK("x")'],
)
def test_what_a_spreadsheet_would_run_is_quoted(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@given(st.text())
def test_no_cell_begins_like_a_formula_and_none_is_lost(cell: str) -> None:
    made = safe(cell)
    assert not made.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert made.removeprefix("'") == cell.removeprefix("'") or made == f"'{cell}"


def test_ordinary_words_stay_as_they_are() -> None:
    assert safe("氯胺酮会上瘾吗？") == "氯胺酮会上瘾吗？"
    assert safe("") == ""


def test_each_record_is_one_row_with_every_verdict_and_who_gave_it(
    records: Records, log: QueryLog
) -> None:
    for name in ("anna", "ben"):
        add(records, name, "correct horse battery", "moderator")
    record = logged(log, "=cmd()|氯胺酮会上瘾吗，我的电话13812345678")
    log.feedback(record, "down", ("wrong",), "+no\n了")
    assert log.flush()
    give(records, record, 1, Opinion("wrong_passage", "见第二段"), None)
    [row] = rows(records, Wanted())
    assert tuple(row) == COLUMNS
    assert row["passages"] == ["p1", "p9"]
    assert (row["verdict"], row["verdict_by"]) == ("wrong_passage", "anna")
    assert [each["by"] for each in row["verdicts"]] == ["anna"]
    [line] = list(as_json_lines(rows(records, Wanted())))
    assert json.loads(line)["feedback_note"] == "+no\n了"
    [head, cells] = csv.reader(io.StringIO("".join(as_csv(rows(records, Wanted())))))
    found = dict(zip(head, cells, strict=True))
    assert found["question"] == "'=cmd()|氯胺酮会上瘾吗，我的电话[phone]"
    assert found["feedback_note"] == "'+no\n了"
    assert found["verdicts"] == "anna: wrong_passage"


def test_a_long_export_comes_in_batches_and_misses_nothing(
    records: Records, log: QueryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.review.exports.rows.BATCH", 3)
    ids = {logged(log, f"问题{number}") for number in range(7)}
    found = [row["id"] for row in rows(records, Wanted())]
    assert len(found) == 7
    assert set(found) == ids


def test_no_amount_that_somebody_typed_is_handed_on(records: Records, log: QueryLog) -> None:
    record = logged(log, "吃了 45 毫克怎么办")
    log.feedback(record, "down", ("wrong",), "I took 75 mg, 你们没说")
    assert log.flush()
    [row] = rows(records, Wanted())
    assert row["question"] == f"吃了 {MARK}怎么办"
    assert row["feedback_note"] == f"I took {MARK}, 你们没说"
    written = "".join(as_json_lines(rows(records, Wanted())))
    written += "".join(as_csv(rows(records, Wanted())))
    assert "45" not in written and "75" not in written


def test_days_kind_and_language_narrow_it(records: Records, log: QueryLog) -> None:
    logged(log, "一")
    logged(log, "二", kind="not_found")
    today = datetime.now(UTC).date()
    yesterday = today - timedelta(days=1)
    assert len(list(rows(records, Wanted(since=yesterday)))) == 2
    assert list(rows(records, Wanted(until=yesterday))) == []
    assert len(list(rows(records, Wanted(since=yesterday, until=today)))) == 2
    assert [row["question"] for row in rows(records, Wanted(kind="not_found"))] == ["二"]
    assert list(rows(records, Wanted(language="en"))) == []
