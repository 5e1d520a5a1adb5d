"""Telling a site's owner at once that somebody may be in danger: a webhook without any text.

What is sent says what happened and where to look, never what was asked. It is sent by a thread of
its own, tried again for about a quarter of an hour, and given up with a line in the program's
log: the record itself is in the queue all the same.
"""

import hashlib
import hmac
import json
import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final, Literal
from urllib.parse import urlsplit

__all__ = ["Notice", "Notifier"]

Event = Literal["emergency", "crisis", "gate", "missed_danger", "unsafe"]

PAUSES: Final = (1.0, 5.0, 30.0, 120.0, 300.0, 600.0)
"""Seconds before the second try, the third and so on."""

CAPACITY: Final = 200
SECONDS: Final = 10.0
SIGNATURE: Final = "X-SafePassage-Signature"

logger = logging.getLogger("safepassage.review")


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened: an answer to somebody in danger, a failure of the gate, or a verdict.

    `record` is where to look, None where nothing is kept of the question.
    """

    event: Event
    record: str | None


class Notifier:
    """Sends notices to `url`, signed with `secret` where there is one; never raises, never waits.

    Without a `url` it does nothing. `pauses` are the seconds between tries.
    """

    def __init__(
        self,
        url: str | None,
        secret: str | None = None,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self.url, self.secret, self.pauses = url, secret, pauses
        self.waiting: queue.Queue[Notice] = queue.Queue(CAPACITY)
        self.stopping = threading.Event()
        self.starting = threading.Lock()
        self.thread: threading.Thread | None = None

    def tell(self, notice: Notice) -> None:
        """Hand a notice over."""
        if self.url is None:
            return
        try:
            self.waiting.put_nowait(notice)
        except queue.Full:
            logger.error("a notice was lost: too many are waiting")
            return
        with self.starting:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, name="notices", daemon=True)
                self.thread.start()

    def run(self) -> None:
        """Send what waits, one after the other; ends when nothing has come for a minute."""
        while not self.stopping.is_set():
            try:
                notice = self.waiting.get(timeout=60)
            except queue.Empty:
                return
            self.deliver(notice)

    def deliver(self, notice: Notice) -> None:
        """Send one notice, again and again until it is taken or all tries are spent."""
        why = ""
        for pause in (0.0, *self.pauses):
            if pause and self.stopping.wait(pause):
                return
            try:
                status = post(self.url or "", body_of(notice), self.secret)
            except (OSError, HTTPException) as error:
                why = type(error).__name__
                continue
            if 200 <= status < 300:
                return
            why = f"status {status}"
        logger.error("a notice could not be delivered: %s", why)

    def close(self, seconds: float = 2.0) -> None:
        """Give what waits a last moment, then stop."""
        end = time.monotonic() + seconds
        while self.thread and self.thread.is_alive() and not self.waiting.empty():
            if time.monotonic() > end:
                break
            time.sleep(0.02)
        self.stopping.set()


def body_of(notice: Notice) -> bytes:
    """The notice as JSON; `path` leads to the record on the moderators' pages."""
    told = asdict(notice)
    if notice.record is not None:
        told["path"] = f"/review/records/{notice.record}"
    return json.dumps(told).encode()


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
