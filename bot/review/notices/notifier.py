"""Telling a site's owner at once that somebody may be in danger: a webhook without any text.

What is sent says what happened and where to look, never what was asked. It is sent by a thread of
its own, tried again for about a quarter of an hour, and given up with a line in the program's
log: the record itself is in the queue all the same. Where there is an `Outbox`, a notice is
written down before it is sent, so that another process sends it if this one dies.
"""

import hashlib
import hmac
import json
import logging
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from bot.review.database.queue_tables import Event
from bot.review.notices.outbox import Outbox, Pending
from embeddings.errors import RecordsUnavailable

__all__ = ["Notice", "Notifier"]

PAUSES: Final = (1.0, 5.0, 30.0, 120.0, 300.0, 600.0)
"""Seconds before the second try, the third and so on."""

CAPACITY: Final = 200
SECONDS: Final = 10.0
LOOK: Final = 30.0
"""Seconds after which it is said again who holds what waits, and looked for what others left."""

SIGNATURE: Final = "X-SafePassage-Signature"

logger = logging.getLogger("safepassage.review")


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened: an answer to somebody in danger, a failure of the gate, or a verdict.

    `record` is where to look, None where nothing is kept of the question.
    """

    event: Event
    record: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that is being delivered: how often it was tried, and when it is tried next.

    `id` is its name in the outbox, None where it is not written down.
    """

    notice: Notice
    id: str | None = None
    tries: int = 0
    at: float = 0.0


class Notifier:
    """Sends notices to `url`, signed with `secret` where there is one; never raises, never waits.

    Without a `url` it does nothing. `pauses` are the seconds between tries.
    """

    def __init__(
        self,
        url: str | None,
        secret: str | None = None,
        pauses: tuple[float, ...] = PAUSES,
        outbox: Outbox | None = None,
        look: float = LOOK,
    ) -> None:
        self.url, self.secret, self.pauses = url, secret, pauses
        self.outbox, self.look = outbox, look
        self.new: queue.Queue[Notice | None] = queue.Queue(CAPACITY)
        self.waiting: list[Waiting] = []
        self.looked = 0.0
        self.stopping = threading.Event()
        self.starting = threading.Lock()
        self.thread: threading.Thread | None = None

    def tell(self, notice: Notice) -> None:
        """Hand a notice over."""
        if self.url is None:
            return
        try:
            self.new.put_nowait(notice)
        except queue.Full:
            logger.error("a notice was lost: too many are waiting")
            return
        self.start()

    def start(self) -> None:
        """Begin to send, what earlier processes left too; a thread that runs is left alone."""
        if self.url is None:
            return
        with self.starting:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, name="notices", daemon=True)
                self.thread.start()

    def run(self) -> None:
        """Send what is due, until told to stop."""
        while not self.stopping.is_set():
            self.take(self.patience())
            self.look_round()
            for each in [each for each in self.waiting if each.at <= time.monotonic()]:
                self.waiting.remove(each)
                self.attempt(each)

    def patience(self) -> float:
        """Seconds until something is to be done."""
        due = min((each.at for each in self.waiting), default=float("inf"))
        return max(0.0, min(due - time.monotonic(), self.look))

    def take(self, seconds: float) -> None:
        """Wait for new notices, and write them down before anything else is done with them."""
        try:
            notice = self.new.get(timeout=seconds) if seconds else self.new.get_nowait()
            while notice is not None:
                self.waiting.append(Waiting(notice, self.written(notice)))
                notice = self.new.get_nowait()
        except queue.Empty:
            pass

    def written(self, notice: Notice) -> str | None:
        """The name of a notice in the outbox; None where it cannot be written down."""
        kept: Pending | None = None
        if self.outbox is not None:
            try:
                kept = self.outbox.keep(notice.event, notice.record, datetime.now(UTC))
            except RecordsUnavailable as error:
                logger.warning("a notice waits in memory alone: %s", error)
        return kept.id if kept else None

    def look_round(self) -> None:
        """Say that what waits is held, and take over what a process that is gone has left."""
        if self.outbox is None or time.monotonic() < self.looked:
            return
        self.looked = time.monotonic() + self.look
        try:
            if held := [each.id for each in self.waiting if each.id]:
                self.outbox.hold(held, datetime.now(UTC))
            for each in self.outbox.left(datetime.now(UTC)):
                self.waiting.append(Waiting(Notice(each.event, each.record), each.id, each.tries))
        except RecordsUnavailable as error:
            logger.warning("the notices of before cannot be looked for: %s", error)

    def attempt(self, waiting: Waiting) -> None:
        """Try once; what is not taken is tried again later, or given up."""
        why = refusal(self.url or "", body_of(waiting.notice), self.secret)
        if why is None:
            self.settled(waiting)
        elif waiting.tries >= len(self.pauses):
            logger.error("a notice could not be delivered: %s", why)
            self.settled(waiting)
        else:
            later = time.monotonic() + self.pauses[waiting.tries]
            self.waiting.append(replace(waiting, tries=waiting.tries + 1, at=later))
            self.noted(waiting.id, waiting.tries + 1)

    def settled(self, waiting: Waiting) -> None:
        """Forget a notice; one that cannot be forgotten is sent once more by whoever finds it."""
        if self.outbox is not None and waiting.id is not None:
            try:
                self.outbox.drop(waiting.id)
            except RecordsUnavailable as error:
                logger.warning("a notice will be sent twice: %s", error)

    def noted(self, name: str | None, tries: int) -> None:
        """Write down how often a notice was tried."""
        if self.outbox is not None and name is not None:
            try:
                self.outbox.tried(name, tries)
            except RecordsUnavailable as error:
                logger.warning("a notice may be tried too often: %s", error)

    def close(self, seconds: float = 2.0) -> None:
        """Give what is new a last moment, then stop; what waits in the outbox stays there."""
        end = time.monotonic() + seconds
        while self.thread and self.thread.is_alive() and not self.new.empty():
            if time.monotonic() > end:
                break
            time.sleep(0.02)
        self.stopping.set()
        if self.thread and self.thread.is_alive():
            with suppress(queue.Full):
                self.new.put_nowait(None)
            self.thread.join(max(0.0, end - time.monotonic()))


def body_of(notice: Notice) -> bytes:
    """The notice as JSON; `path` leads to the record on the moderators' pages."""
    told = asdict(notice)
    if notice.record is not None:
        told["path"] = f"/review/records/{notice.record}"
    return json.dumps(told).encode()


def refusal(url: str, body: bytes, secret: str | None) -> str | None:
    """Why a notice was not taken; None where it was."""
    try:
        status = post(url, body, secret)
    except (OSError, HTTPException) as error:
        return type(error).__name__
    return None if 200 <= status < 300 else f"status {status}"


def post(url: str, body: bytes, secret: str | None) -> int:
    """Send to `url`, following nowhere else; the status. Raises OSError, HTTPException."""
    parts = urlsplit(url)
    kind: Callable[..., HTTPConnection] = (
        HTTPSConnection if parts.scheme == "https" else HTTPConnection
    )
    connection = kind(parts.hostname, parts.port, timeout=SECONDS)
    headers = {"Content-Type": "application/json", "User-Agent": "SafePassage"}
    if secret is not None:
        headers[SIGNATURE] = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
