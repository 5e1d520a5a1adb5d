"""The webhook: told at once, signed, without a word of the question, tried again."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.review.database.queue_tables import PendingNotice
from bot.review.log.query_log import QueryLog
from bot.review.notices.notifier import SIGNATURE, Notice, Notifier
from bot.review.notices.outbox import HELD, Outbox
from bot.review.storage import Records
from tests.bot.review.answers import answer, trace

QUESTION = "我叫王伟，没有呼吸了"


class Receiver(ThreadingHTTPServer):
    """A real server that answers with `statuses` in turn and keeps what it was sent."""

    def __init__(self, statuses: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.statuses = statuses
        self.taken: list[tuple[bytes, dict[str, str]]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook?x=1"

    def wait(self, number: int) -> None:
        give_up = time.monotonic() + 10
        while len(self.taken) < number and time.monotonic() < give_up:
            time.sleep(0.01)
        assert len(self.taken) >= number


class Taking(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((body, dict(self.headers)))
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def statuses() -> list[int]:
    return []


@pytest.fixture
def receiver(statuses: list[int]) -> Iterator[Receiver]:
    made = Receiver(list(statuses))
    yield made
    made.shutdown()
    made.server_close()


@pytest.mark.parametrize("mode", ["redacted", "counts", "off"])
def test_danger_and_a_failure_of_the_gate_are_told_without_text(
    tmp_path: Path, receiver: Receiver, mode: str
) -> None:
    records = Records(f"sqlite:///{tmp_path / 'r.sqlite'}")
    shown = [answer("emergency"), answer(), answer()]
    with QueryLog(
        records, mode=mode, retention_days=30, spill=tmp_path / "s",  # type: ignore[arg-type]
        notifier=Notifier(receiver.url, "a secret"),
    ) as log:  # fmt: skip
        log.record(QUESTION, shown[0], trace())
        log.record(QUESTION, shown[1], trace(gate=("p1: amount",)))
        log.record(QUESTION, shown[2], trace())
        receiver.wait(2)
    records.close()
    told = [json.loads(body) for body, _ in receiver.taken]
    assert [each["event"] for each in told] == ["emergency", "gate"]
    kept = mode == "redacted"
    assert [each["record"] for each in told] == [shown[0].id, shown[1].id] if kept else [None] * 2
    for body, headers in receiver.taken:
        assert not any(word in body.decode() for word in ("王伟", "\\u", "呼吸", "amount"))
        made = hmac.new(b"a secret", body, hashlib.sha256).hexdigest()
        assert headers[SIGNATURE] == made


def test_who_wants_nothing_kept_is_not_pointed_at(tmp_path: Path, receiver: Receiver) -> None:
    records = Records(f"sqlite:///{tmp_path / 'r.sqlite'}")
    with QueryLog(
        records, mode="redacted", retention_days=30, spill=tmp_path / "s",
        notifier=Notifier(receiver.url),
    ) as log:  # fmt: skip
        log.record(QUESTION, answer("crisis"), trace(), keep=False)
        receiver.wait(1)
    records.close()
    assert json.loads(receiver.taken[0][0]) == {"event": "crisis", "record": None}
    assert SIGNATURE not in receiver.taken[0][1]


@pytest.mark.parametrize("statuses", [[500, 302, 200]])
def test_what_is_not_taken_is_sent_again_and_to_nobody_else(receiver: Receiver) -> None:
    notifier = Notifier(receiver.url, pauses=(0.01, 0.01, 0.01))
    notifier.tell(Notice("gate", "abc"))
    receiver.wait(3)
    time.sleep(0.1)
    assert len(receiver.taken) == 3
    notifier.close()


def test_a_receiver_that_is_not_there_is_said_and_holds_nothing_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    notifier = Notifier("http://127.0.0.1:1/", pauses=(0.01,))
    begun = time.monotonic()
    notifier.tell(Notice("gate", "abc"))
    assert time.monotonic() - begun < 0.5
    give_up = time.monotonic() + 10
    while "delivered" not in caplog.text and time.monotonic() < give_up:
        time.sleep(0.01)
    assert "could not be delivered: ConnectionRefusedError" in caplog.text
    notifier.close()


def number(records: Records) -> int:
    with records.reading() as session:
        return session.scalar(select(func.count()).select_from(PendingNotice)) or 0


def until(done: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not (found := done()) and time.monotonic() < give_up:
        time.sleep(0.02)
    assert found


@pytest.mark.parametrize("statuses", [[500, 200]])
def test_what_a_process_leaves_undelivered_another_one_delivers_once(
    records: Records, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Notifier(receiver.url, pauses=(60.0,), outbox=Outbox(records))
    gone.tell(Notice("emergency", "abc"))
    receiver.wait(1)
    gone.close()
    assert number(records) == 1
    after = datetime.now(UTC) + 2 * HELD
    assert Outbox(records).left(datetime.now(UTC)) == ()
    [left] = Outbox(records).left(after)
    assert (left.event, left.record, left.tries) == ("emergency", "abc", 1)
    monkeypatch.setattr("bot.review.notices.outbox.HELD", -HELD)
    Outbox(records).hold([left.id], datetime.now(UTC))
    next_one = Notifier(receiver.url, outbox=Outbox(records), look=0.05)
    next_one.start()
    until(lambda: number(records) == 0)
    next_one.close()
    assert [json.loads(body)["record"] for body, _ in receiver.taken] == ["abc", "abc"]


def test_what_is_given_up_is_forgotten(records: Records, caplog: pytest.LogCaptureFixture) -> None:
    notifier = Notifier("http://127.0.0.1:1/", pauses=(0.01,), outbox=Outbox(records))
    notifier.tell(Notice("crisis", None))
    until(lambda: "could not be delivered" in caplog.text)
    until(lambda: number(records) == 0)
    notifier.close()


def test_a_notice_is_sent_where_it_cannot_be_written_down(receiver: Receiver) -> None:
    away = Records("postgresql://nobody@127.0.0.1:1/none")
    notifier = Notifier(receiver.url, outbox=Outbox(away))
    notifier.tell(Notice("gate", "abc"))
    receiver.wait(1)
    notifier.close()


def test_without_an_address_nothing_is_told() -> None:
    notifier = Notifier(None)
    notifier.tell(Notice("gate", "abc"))
    assert notifier.thread is None
