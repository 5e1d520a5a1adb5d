"""What the log does not lose when the database is away or the process dies."""

import os
import signal
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.review.database.tables import Record
from bot.review.log.entries import RecordEntry, count_of, record_of
from bot.review.log.query_log import QueryLog
from bot.review.log.spill import Spill
from bot.review.log.writer import CAPACITY
from bot.review.storage import Records
from tests.bot.review.answers import answer, trace
from tests.bot.review.kept import QUESTION, REDACTED, counts, kept, number
from tests.places import ROOT


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


KILLED = """
import sys
from pathlib import Path
from bot.review.log.query_log import QueryLog
from bot.review.storage import Records
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
from bot.review.log.query_log import QueryLog
from bot.review.storage import Records
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
        "from bot.review.log.query_log import QueryLog\n"
        "from bot.review.storage import Records\n"
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
