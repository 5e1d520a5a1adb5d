"""What the log keeps, and what it never keeps."""

import json
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import text

from bot.answer import AnswerKind
from bot.review.database.tables import Base, Feedback, Record, ShownPassage
from bot.review.log.query_log import Mode, QueryLog
from bot.review.storage import Records
from embeddings.errors import RecordsUnavailable
from tests.bot.review.answers import HELPLINE, answer, passage, trace
from tests.bot.review.kept import QUESTION, REDACTED, counts, kept, number


def test_a_record_shows_what_the_visitor_saw(records: Records, log: QueryLog) -> None:
    shown = answer(resources=(HELPLINE,))
    log.record(QUESTION, shown, trace(gate=("p2: amount",)), site="https://site.example")
    assert log.flush()
    record = kept(records, shown.id)
    assert record.answer == shown
    assert record.item.question == REDACTED
    assert record.triage["signs"] == ["sign.one"]
    assert record.candidates[0].dense == 0.7
    assert record.gate == ("p2: amount",)
    assert record.milliseconds == {"triage": 0.4, "search": 12.3}
    assert record.site == "https://site.example"
    assert record.item.hour.minute == record.item.hour.second == 0
    assert record.expires_on == record.item.hour.date() + timedelta(days=30)


@pytest.mark.parametrize("kind", get_args(AnswerKind))
def test_every_kind_of_answer_is_logged_and_counted(
    records: Records, log: QueryLog, kind: AnswerKind
) -> None:
    shown = answer(kind, passages=(), safety=())
    log.record("你好", shown, trace())
    log.flush()
    assert kept(records, shown.id).answer == shown
    assert counts(records) == {("answer", kind): 1}


def test_passages_are_kept_once(records: Records, log: QueryLog) -> None:
    for _ in range(3):
        log.record("氯胺酮", answer(), trace())
    log.flush()
    assert number(records, Record) == 3
    assert number(records, ShownPassage) == 2


def test_a_help_line_that_was_shown_is_not_taken_for_a_persons(
    records: Records, log: QueryLog
) -> None:
    shown = answer("crisis", resources=(HELPLINE,))
    log.record("打了010-82951332没人接", shown, trace())
    log.flush()
    assert kept(records, shown.id).item.question == "打了010-82951332没人接"


@pytest.mark.parametrize("mode", ["counts", "off"])
def test_a_site_that_keeps_no_questions_keeps_none(
    records: Records, tmp_path: Path, mode: Mode
) -> None:
    shown = answer("emergency")
    with QueryLog(records, mode=mode, retention_days=30, spill=tmp_path / "spill") as log:
        log.record(QUESTION, shown, trace(gate=("x",)))
        assert log.feedback(shown.id, "down", (), "13800138000") is False
        log.flush()
    assert number(records, Record) == number(records, Feedback) == 0
    there = {("answer", "emergency"): 1, ("down", ""): 1}
    assert counts(records) == (there if mode == "counts" else {})
    assert not list(tmp_path.glob("spill*[!k]"))


def test_who_wants_nothing_kept_leaves_a_count(records: Records, log: QueryLog) -> None:
    log.record(QUESTION, answer("emergency"), trace(), keep=False)
    log.record(QUESTION, answer("crisis"), trace(keep=False))
    log.flush()
    assert number(records, Record) == 0
    assert counts(records) == {("answer", "emergency"): 1, ("answer", "crisis"): 1}


def test_the_last_feedback_wins(records: Records, log: QueryLog) -> None:
    shown = answer()
    log.record("问题", shown, trace())
    assert log.feedback(shown.id, "down", ("incorrect",), "我的微信wx_12345678")
    assert log.feedback(shown.id, "up", (), None)
    log.flush()
    record = kept(records, shown.id)
    assert (record.feedback, record.feedback_note, record.item.reasons) == ("up", None, ())
    assert log.feedback(shown.id, "down", ("incorrect",), "我的微信：wx_12345678")
    log.flush()
    record = kept(records, shown.id)
    assert record.item.reasons == ("thumbs_down",)
    assert record.feedback_reasons == ("incorrect",)
    assert record.feedback_note == "我的微信：[handle]"


def test_a_verdict_given_at_once_finds_its_record(records: Records, log: QueryLog) -> None:
    shown = [answer() for _ in range(40)]
    for each in shown:
        log.record("问题", each, trace())
        assert log.feedback(each.id, "down", (), None)
    log.flush()
    assert number(records, Feedback) == 40


def test_feedback_on_an_answer_that_was_not_logged_is_only_counted(
    records: Records, log: QueryLog
) -> None:
    assert log.feedback("never-logged", "down", ("other",), "a note") is False
    log.flush()
    assert number(records, Feedback) == 0
    assert counts(records) == {("down", ""): 1}


def test_time_and_order_do_not_tell_who_asked_what(records: Records, log: QueryLog) -> None:
    columns = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    assert not columns & {"address", "ip", "user_agent", "session", "client", "created"}
    if records.sqlite:
        with pytest.raises(RecordsUnavailable), records.reading() as session:
            session.execute(text("SELECT rowid FROM records"))


def test_each_kind_may_have_its_own_retention(records: Records, tmp_path: Path) -> None:
    shown = answer("crisis")
    with QueryLog(
        records,
        mode="redacted",
        retention_days=30,
        days_by_kind={"crisis": 3},
        spill=tmp_path / "spill.jsonl",
    ) as log:
        log.record("不想活了", shown, trace())
        log.flush()
    record = kept(records, shown.id)
    assert record.expires_on == record.item.hour.date() + timedelta(days=3)


def test_nothing_personal_is_said_to_the_programs_own_log(
    records: Records, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    away = Records("postgresql://nobody:secret@127.0.0.1:1/none")
    with QueryLog(away, mode="redacted", retention_days=30, spill=tmp_path / "no" / "s") as log:
        (tmp_path / "no").write_text("")
        log.record(QUESTION, answer("emergency", passages=(passage(1, "秘密"),)), trace())
        log.record(QUESTION, answer(), trace())
        log.flush()
    said = json.dumps([record.getMessage() for record in caplog.records], ensure_ascii=False)
    assert "lost" in said
    for word in ("王伟", "氯胺酮", "秘密", "secret"):
        assert word not in said
