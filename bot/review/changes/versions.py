"""What moderators changed: versions that are added and never edited, each with who and when.

A phrase or a contact is proposed by one admin and comes into force when another person consents;
everything else is active at once. Whatever was done can be undone by a further version.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from string import ascii_lowercase
from typing import Any, Final, Literal, cast

from sqlalchemy import Select, and_, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.review import audit
from bot.review.changes.payloads import Payload, payload_of
from bot.review.database.change_tables import Change, KindName, StateName
from bot.review.redaction import redact, storable
from bot.review.storage import Records

__all__ = ["CONSENTED", "Outcome", "Version", "change", "counter", "history", "listed", "propose"]

CONSENTED: Final = frozenset({"phrase", "contact"})
"""Kinds that come into force only when a second person has consented."""

Outcome = Literal["saved", "changed", "gone", "same_person"]
NOTE: Final = 2000


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a change. `note` and `source` are what its author gave as the reason."""

    serial: int
    id: str
    version: int
    kind: KindName
    state: StateName
    target: str
    values: dict[str, Any]
    who: str
    at: datetime
    note: str | None
    source: str | None

    @property
    def payload(self) -> Payload:
        """What it says. Raises ValidationError where another release wrote it otherwise."""
        return payload_of(self.kind, self.values)


def propose(
    records: Records, who: str, payload: Payload, note: str | None = None, source: str | None = None
) -> str:
    """Make a change, in force at once unless its kind needs consent; return its id.

    Raises RecordsUnavailable. The payload is checked before (`bot.review.changes.checks`).
    """
    name = "".join(secrets.choice(ascii_lowercase) for _ in range(16))
    state: StateName = "proposed" if payload.kind in CONSENTED else "active"
    with records.writing() as session:
        add(session, name, 1, payload, state, who, note, source)
    return name


def add(
    session: Session,
    name: str,
    version: int,
    payload: Payload,
    state: StateName,
    who: str,
    note: str | None,
    source: str | None,
) -> None:
    """Write a version and its line of the audit log in the transaction of `session`."""
    now = datetime.now(UTC)
    session.add(
        Change(
            id=name,
            version=version,
            kind=payload.kind,
            state=state,
            target=storable(payload.target),
            payload=payload.model_dump(mode="json"),
            who=who,
            at=now,
            note=redact(note).strip()[:NOTE] or None if note else None,
            source=storable(source).strip()[:NOTE] or None if source else None,
        )
    )
    audit.note(session, now, who, f"{payload.kind} {state}", name, f"version {version}")


def change(records: Records, name: str, seen: int, who: str, state: StateName) -> Outcome:
    """Add a version with another state: consent, withdrawal, undoing of either.

    `seen` is the version that the moderator looked at; where somebody has changed it meanwhile
    nothing is written and the outcome is `changed`. `same_person` where consent would come from
    who proposed it. Raises RecordsUnavailable.
    """
    try:
        with records.writing() as session:
            return changed(session, name, seen, who, state)
    except IntegrityError:
        # Two wrote the same version at the same moment; the database let one through.
        return "changed"


def changed(session: Session, name: str, seen: int, who: str, state: StateName) -> Outcome:
    """Write the new state in the transaction of `session`."""
    latest = session.scalar(
        select(Change).where(Change.id == name).order_by(Change.version.desc()).limit(1)
    )
    if latest is None:
        return "gone"
    if latest.version != seen or latest.state == state:
        return "changed"
    kind = cast(KindName, latest.kind)
    if kind in CONSENTED and state == "active":
        # Who brought a withdrawn one back has proposed it anew, and cannot consent to it either.
        if latest.state == "withdrawn":
            state = "proposed"
        elif who == latest.who:
            return "same_person"
    payload = payload_of(kind, latest.payload)
    add(session, name, seen + 1, payload, state, who, None, latest.source)
    return "saved"


def newest() -> Select[Change]:
    """The versions that hold: the greatest of each id."""
    last = (
        select(Change.id, func.max(Change.version).label("version")).group_by(Change.id).subquery()
    )
    return select(Change).join(last, and_(last.c.id == Change.id, last.c.version == Change.version))


def listed(
    records: Records, kinds: Sequence[KindName] = (), states: Sequence[StateName] = ()
) -> tuple[Version, ...]:
    """What there is, the latest change first. Raises RecordsUnavailable."""
    found = newest().order_by(Change.serial.desc())
    if kinds:
        found = found.where(Change.kind.in_(kinds))
    if states:
        found = found.where(Change.state.in_(states))
    with records.reading() as session:
        return tuple(map(version, session.scalars(found)))


def history(records: Records, name: str) -> tuple[Version, ...]:
    """All versions of a change, the latest first; empty where there is none of that id.

    Raises RecordsUnavailable.
    """
    found = select(Change).where(Change.id == name).order_by(Change.version.desc())
    with records.reading() as session:
        return tuple(map(version, session.scalars(found)))


def counter(session: Session) -> tuple[int, int]:
    """Two numbers that change with every change: how many versions there are, and the last.

    The last alone would not do: on PostgreSQL a smaller one may be committed later.
    """
    row = session.execute(select(func.count(), func.max(Change.serial)).select_from(Change)).one()
    return row[0], row[1] or 0


def version(row: Change) -> Version:
    """A row as a value."""
    return Version(
        serial=row.serial,
        id=row.id,
        version=row.version,
        kind=cast(KindName, row.kind),
        state=cast(StateName, row.state),
        target=row.target,
        values=row.payload,
        who=row.who,
        at=row.at,
        note=row.note,
        source=row.source,
    )
