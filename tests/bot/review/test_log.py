"""What the log keeps, what it never keeps, and what survives the database or the process."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import func, select, text

from bot.answer import AnswerKind
from bot.review.entries import RecordEntry, count_of, record_of
from bot.review.log import Mode, QueryLog
from bot.review.records import Records
from bot.review.spill import Spill
from bot.review.tables import Base, Count, Feedback, Record, ShownPassage
from bot.review.viewing import View, view
from bot.review.writer import CAPACITY
from embeddings.errors import RecordsUnavailable
from tests.bot.review.answers import HELPLINE, answer, passage, trace

ROOT = Path(__file__).parents[3]
QUESTION = "我叫王伟，电话13800138000，氯胺酮有什么副作用？"
REDACTED = "我叫[name]，电话[phone]，氯胺酮有什么副作用？"


def kept(records: Records, id_: str) -> View:
    found = view(records, id_)
    assert isinstance(found, View)
    return found


def counts(records: Records) -> dict[tuple[str, str], int]:
    with records.reading() as session:
        rows = session.scalars(select(Count))
        return {(row.event, row.kind): row.number for row in rows}


def number(records: Records, table: type[Base]) -> int:
    with records.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


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


def test_logging_never_raises_and_never_waits(tmp_path: Path) -> None:
    records = Records("postgresql://nobody@127.0.0.1:1/none")
    spill = tmp_path / "spill.jsonl"
    shown = answer()
    with QueryLog(records, mode="redacted", retention_days=30, spill=spill) as log:
        begun = time.monotonic()
        for _ in range(20):
            log.record("\ud800 \0 一个问题", answer(), trace())
        log.record(QUESTION, shown, trace())
        assert log.feedback(shown.id, "down", (), None)
        assert time.monotonic() - begun < 1
        log.flush()
        assert spill.exists()
        assert stat.S_IMODE(spill.stat().st_mode) == 0o600
        assert "13800138000" not in spill.read_text("utf-8")


def test_what_was_spilled_is_replayed_when_the_database_is_back(
    records: Records, tmp_path: Path
) -> None:
    spill = tmp_path / "spill.jsonl"
    shown = answer()
    away = Records("postgresql://nobody@127.0.0.1:1/none")
    with QueryLog(away, mode="redacted", retention_days=30, spill=spill) as log:
        log.record(QUESTION, shown, trace())
        log.record(QUESTION, answer(), trace(), keep=False)
        log.feedback(shown.id, "down", (), None)
        log.flush()
    assert number(records, Record) == 0
    with QueryLog(records, mode="redacted", retention_days=30, spill=spill) as log:
        log.flush()
    assert kept(records, shown.id).feedback == "down"
    assert counts(records) == {("answer", "answer"): 2, ("down", ""): 1}
    assert Spill(spill).empty()


def test_what_is_replayed_twice_is_written_once(records: Records, tmp_path: Path) -> None:
    spill = Spill(tmp_path / "spill.jsonl")
    entry = record_of(QUESTION, answer(), trace(), None, datetime.now(UTC), 30)
    spill.append([entry, entry])
    for _ in range(2):
        spill.append([entry])
        with QueryLog(records, mode="redacted", retention_days=30, spill=spill.path) as log:
            log.flush()
    assert number(records, Record) == 1
    assert counts(records) == {("answer", "answer"): 1}


def test_a_line_cut_short_by_a_crash_does_not_hold_the_others_up(
    records: Records, tmp_path: Path
) -> None:
    spill = Spill(tmp_path / "spill.jsonl")
    entry = record_of(QUESTION, answer(), trace(), None, datetime.now(UTC), 30)
    spill.append([entry])
    with spill.path.open("ab") as file:
        file.write(b'{"type": "record", "id": "ab')
    with QueryLog(records, mode="redacted", retention_days=30, spill=spill.path) as log:
        log.flush()
    assert kept(records, entry.id).item.question == REDACTED


def test_a_file_that_a_dead_process_was_draining_is_drained(
    records: Records, tmp_path: Path
) -> None:
    spill = Spill(tmp_path / "spill.jsonl")
    entry = record_of(QUESTION, answer(), trace(), None, datetime.now(UTC), 30)
    spill.append([entry])
    assert len(spill.take()) == 1
    with QueryLog(records, mode="redacted", retention_days=30, spill=spill.path) as log:
        log.flush()
    assert kept(records, entry.id)


def test_an_entry_that_the_database_refuses_does_not_hold_the_others_up(
    records: Records, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    good = record_of(QUESTION, answer(), trace(), None, now, 30)
    bad = good.model_copy(update={"id": "x", "kind": None})
    assert isinstance(bad, RecordEntry)
    with QueryLog(
        records, mode="redacted", retention_days=30, spill=tmp_path / "spill.jsonl"
    ) as log:
        log.writer.put(bad)
        log.writer.put(good)
        log.flush()
    assert kept(records, good.id)
    assert number(records, Record) == 1


def test_what_expired_while_it_waited_is_only_counted(records: Records, tmp_path: Path) -> None:
    spill = Spill(tmp_path / "spill.jsonl")
    spill.append(
        [record_of(QUESTION, answer(), trace(), None, datetime.now(UTC) - timedelta(days=40), 30)]
    )
    with QueryLog(records, mode="redacted", retention_days=30, spill=spill.path) as log:
        log.flush()
    assert number(records, Record) == 0
    assert counts(records) == {("answer", "answer"): 1}


def test_more_than_the_queue_holds_is_not_lost(records: Records, tmp_path: Path) -> None:
    with QueryLog(
        records, mode="redacted", retention_days=30, spill=tmp_path / "spill.jsonl"
    ) as log:
        entry = count_of(answer(), datetime.now(UTC))
        for _ in range(2 * CAPACITY):
            log.writer.put(entry)
        log.flush(60)
    with QueryLog(
        records, mode="redacted", retention_days=30, spill=tmp_path / "spill.jsonl"
    ) as log:
        log.flush(60)
    assert counts(records) == {("answer", "answer"): 2 * CAPACITY}


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


KILLED = """
import sys
from pathlib import Path
from bot.review.log import QueryLog
from bot.review.records import Records
from tests.bot.review.answers import answer, trace

log = QueryLog(Records(sys.argv[1]), mode="redacted", retention_days=30, spill=Path(sys.argv[2]))
for kind, gate in (("emergency", ()), ("crisis", ()), ("answer", ("p1: amount",))):
    shown = answer(kind)
    log.record("我电话13800138000", shown, trace(gate=gate))
    print(shown.id, flush=True)
plain = answer()
log.record("普通问题", plain, trace())
log.feedback(plain.id, "down", (), None)
print(plain.id, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("reachable", [True, False])
def test_what_was_acknowledged_survives_being_killed(
    records: Records, url: str, tmp_path: Path, reachable: bool
) -> None:
    address = url if reachable else "postgresql://nobody@127.0.0.1:1/none"
    spill = tmp_path / "spill.jsonl"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, address, spill],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        ids = [process.stdout.readline().decode().strip() for _ in range(4)]
        process.send_signal(signal.SIGKILL)
    with QueryLog(records, mode="redacted", retention_days=30, spill=spill) as log:
        log.flush()
    for id_ in ids[:3]:
        assert kept(records, id_).item.question == "我电话[phone]"
    # The plain question itself may be lost with the last half second; the verdict on it is not.
    assert counts(records)[("down", "")] == 1


WRITTEN = """
import sys
from pathlib import Path
from bot.review.log import QueryLog
from bot.review.records import Records
from tests.bot.review.answers import answer, trace

log = QueryLog(Records(sys.argv[1]), mode="redacted", retention_days=30, spill=Path(sys.argv[2]))
log.flush(60)
for number in range(5):
    log.record(f"普通问题{number}", answer(), trace())
print("asked", flush=True)
sys.stdin.read()
"""


def test_of_plain_questions_at_most_the_last_second_is_lost(
    records: Records, url: str, tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITTEN, url, tmp_path / "spill.jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(1)
        process.send_signal(signal.SIGKILL)
    assert number(records, Record) == 5


def test_a_forked_process_logs_by_itself(records: Records, log: QueryLog) -> None:
    if not records.sqlite:
        pytest.skip("a fork of a process with open PostgreSQL connections is the same code")
    log.flush()
    shown = answer("emergency")
    code = (
        "import os, sys, json\n"
        "from pathlib import Path\n"
        "from bot.review.log import QueryLog\n"
        "from bot.review.records import Records\n"
        "from tests.bot.review.answers import answer, trace\n"
        "log = QueryLog(Records(sys.argv[1]), mode='redacted', retention_days=30,"
        " spill=Path(sys.argv[2]))\n"
        "log.flush()\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    log.record('问', answer(id=sys.argv[3]), trace())\n"
        "    os._exit(0 if log.flush() else 1)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    place = records.file
    assert place is not None
    done = subprocess.run(
        [sys.executable, "-c", code, f"sqlite:///{place}", place.with_name("s.jsonl"), shown.id],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert kept(records, shown.id)


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
