"""The corrections in force, as every process sees them: read when they change, kept when not.

A thread looks at two numbers in the database once a second; a question only takes what is in
memory. With the database away the last known corrections hold, also over a restart, from a copy
in the data directory; where there is none, the shipped defaults.
"""

import json
import logging
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from bot.answering.contacts import corrected
from bot.overrides import NONE, Overrides
from bot.review.changes.checks import check
from bot.review.changes.payloads import (
    AliasPayload,
    BlockPayload,
    ContactPayload,
    Payload,
    PhrasePayload,
    PinPayload,
    payload_of,
)
from bot.review.changes.versions import Version, counter, listed
from bot.review.storage import Records
from embeddings.errors import ChangeInvalid, RecordsUnavailable

__all__ = ["Feed", "assembled", "with_payload"]

logger = logging.getLogger("safepassage.review")

SETTLED_LATER: Final = ("contact_unknown", "contact_last")
"""Refusals that depend on the other edits: `bot.answering.contacts` leaves such an edit
out by itself."""

EVERY: Final = 1.0
"""Seconds between two looks: a change is seen everywhere within two."""


class Feed:
    """Hands out the corrections of `records`; `copy` is the file for a start without them."""

    def __init__(self, records: Records, copy: Path | None = None, every: float = EVERY) -> None:
        self.records, self.copy, self.every = records, copy, every
        self._held = NONE
        self._seen: tuple[int, int] | None = None
        self._away = False
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def current(self) -> Overrides:
        """The corrections in force. Never raises, never waits."""
        return self._held

    def start(self) -> None:
        """Read once, and go on looking until `stop`."""
        self.refresh()
        self._thread = threading.Thread(target=self._watch, name="overrides", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=self.every + 5)

    def refresh(self) -> bool:
        """Look now; False where the database is away and the last known go on holding."""
        with self._lock:
            try:
                self._look()
            except RecordsUnavailable as error:
                if not self._away:
                    logger.error("the corrections cannot be read: %s", error)
                    self._away = True
                if self._seen is None and self._held is NONE:
                    self._held = self._remembered()
                return False
            self._away = False
            return True

    def _watch(self) -> None:
        while not self._stop.wait(self.every):
            try:
                self.refresh()
            except Exception as error:
                logger.error("the corrections cannot be read: %s", type(error).__name__)

    def _look(self) -> None:
        with self.records.reading() as session:
            seen = counter(session)
        if seen == self._seen:
            return
        rows = listed(self.records, states=("active",))
        self._held = assembled(rows, version=seen[0])
        self._seen = seen
        self._remember(rows)

    def _remember(self, rows: Sequence[Version]) -> None:
        """Write the copy, whole or not at all, readable by its owner alone."""
        if self.copy is None:
            return
        kept = [
            {"id": row.id, "kind": row.kind, "payload": row.values}
            for row in rows
            if row.kind != "case"
        ]
        aside = self.copy.with_name(f".{self.copy.name}.{os.getpid()}")
        try:
            self.copy.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(aside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
                json.dump({"version": self._held.version, "changes": kept}, file)
            aside.replace(self.copy)
        except OSError as error:
            logger.error("the copy of the corrections cannot be written: %s", error.strerror)
            with suppress(OSError):
                aside.unlink()

    def _remembered(self) -> Overrides:
        """The corrections of the copy, the defaults where there is none that can be read."""
        try:
            kept = json.loads((self.copy or Path()).read_text(encoding="utf-8"))
            found = [(each["id"], each["kind"], each["payload"]) for each in kept["changes"]]
            return gathered([read(*each) for each in found], int(kept["version"]))
        except (OSError, ValueError, KeyError, TypeError):
            return NONE


def read(name: str, kind: Any, values: Any) -> tuple[str, Payload] | None:  # noqa: ANN401
    """A change by its kind; None, and a line in the log, for what this release cannot follow."""
    try:
        payload = payload_of(kind, values)
        check(payload, corrected())
    except ChangeInvalid as refused:
        if refused.reason in SETTLED_LATER:
            return name, payload
        logger.error("the %s %s is passed over: %s", kind, name, refused.reason)
        return None
    except (ValidationError, KeyError, TypeError) as error:
        logger.error("the %s %s is passed over: %s", kind, name, type(error).__name__)
        return None
    return name, payload


def assembled(rows: Sequence[Version], version: int = 0) -> Overrides:
    """The corrections that rows stand for, the latest change first.

    What another release wrote and this one cannot follow is left out: the default holds for it.
    """
    return gathered([read(row.id, row.kind, row.values) for row in rows], version)


def gathered(changes: Sequence[tuple[str, Payload] | None], version: int) -> Overrides:
    """Put payloads together by their kinds."""
    known = [each for each in changes if each is not None]
    return Overrides(
        version=version,
        pins=tuple(p.edit(name) for name, p in known if isinstance(p, PinPayload)),
        blocks=tuple(p.edit(name) for name, p in known if isinstance(p, BlockPayload)),
        aliases=tuple(p.edit(name) for name, p in known if isinstance(p, AliasPayload)),
        phrases=tuple(p.edit(name) for name, p in known if isinstance(p, PhrasePayload)),
        # An edit may build on an earlier one: contacts are changed in the order of the edits.
        contacts=tuple(
            p.edit(name) for name, p in reversed(known) if isinstance(p, ContactPayload)
        ),
    )


def with_payload(overrides: Overrides, name: str, payload: Payload) -> Overrides:
    """The corrections as they would be with one more."""
    one = gathered([(name, payload)], overrides.version)
    return Overrides(
        version=overrides.version,
        pins=(*one.pins, *overrides.pins),
        blocks=(*one.blocks, *overrides.blocks),
        aliases=(*one.aliases, *overrides.aliases),
        phrases=(*one.phrases, *overrides.phrases),
        contacts=(*overrides.contacts, *one.contacts),
    )
