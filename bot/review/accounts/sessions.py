"""Logging in and staying in: throttled tries, random tokens kept as hashes, two clocks.

A refusal is the same, and takes the same time, for a wrong name, a wrong password and a disabled
account; tries are counted for names that do not exist too (`bot.review.accounts.throttle`).
Where an account has a second factor, its password only opens a login that is not complete.
"""

import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, cast

from sqlalchemy import delete, select, update

from bot.review import audit
from bot.review.accounts import second_factor, throttle
from bot.review.accounts.accounts import folded, matches
from bot.review.accounts.sealing import Sealing
from bot.review.database.tables import Account, LoginSession, Role
from bot.review.storage import Records

__all__ = ["Login", "Moderator", "Sessions"]

HASHING: Final = threading.BoundedSemaphore(2)
"""Passwords checked at once: each takes 64 MiB of memory and a fifth of a second."""

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
HALFWAY: Final = timedelta(minutes=5)
"""How long a login waits for its second factor."""

NOTICED: Final = timedelta(minutes=1)
"""How often a login's last use is written down."""


@dataclass(frozen=True, slots=True)
class Moderator:
    """Who is logged in. `csrf` has to come back with every form."""

    account: int
    name: str
    role: Role
    csrf: str
    second_factor: bool = False

    @property
    def may_judge(self) -> bool:
        """Whether this account may give verdicts; a viewer only reads."""
        return self.role in ("moderator", "admin")

    @property
    def may_administer(self) -> bool:
        """Whether this account may read the audit log and change what is said."""
        return self.role == "admin"

    def sent(self, csrf: str) -> bool:
        """Whether a form was made for this login."""
        return hmac.compare_digest(self.csrf.encode(), csrf.encode())


@dataclass(frozen=True, slots=True)
class Login:
    """What came of a try: the token for the browser, or None; `throttled` after too many.

    `complete` is false where a code of the second factor has to follow.
    """

    token: str | None
    throttled: bool = False
    complete: bool = True


class Sessions:
    """Logins to `records`. All is kept there, so that every process agrees."""

    def __init__(
        self,
        records: Records,
        sealing: Sealing,
        absolute: timedelta = ABSOLUTE,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.records, self.sealing = records, sealing
        self.absolute, self.clock = absolute, clock

    def log_in(self, name: str, password: str) -> Login:
        """Try a name and a password. Raises RecordsUnavailable."""
        tried = throttle.begun(self.records, hashed(folded(name)), self.clock())
        if tried is None:
            return Login(None, throttled=True)
        with self.records.reading() as session:
            account = session.scalar(select(Account).where(Account.name == folded(name)[:64]))
        with HASHING:
            right = matches(account, password)
        if not right or account is None:
            return Login(None)
        complete = account.totp_since is None
        return Login(self.begin(account, complete, tried), complete=complete)

    def begin(self, account: Account, complete: bool, tried: int) -> str:
        """Begin a login of `account`; its token is nowhere but in what is returned."""
        token, now = secrets.token_urlsafe(32), self.clock()
        with self.records.writing() as session:
            throttle.forgiven(session, tried)
            session.execute(
                delete(LoginSession).where(LoginSession.created_at <= now - self.absolute)
            )
            session.add(
                LoginSession(
                    token=hashed(token),
                    account=account.id,
                    csrf=secrets.token_urlsafe(32),
                    created_at=now,
                    seen_at=now,
                    complete=complete,
                )
            )
            if complete:
                audit.note(session, now, account.name, "logged in")
        return token

    def halfway(self, token: str | None) -> str | None:
        """The name of the account whose login waits for its second factor; None if none does."""
        with self.records.reading() as session:
            found = session.get(LoginSession, hashed(token or ""))
            if found is None or found.complete or found.created_at <= self.clock() - HALFWAY:
                return None
            account = session.get_one(Account, found.account)
            return None if account.disabled_at else account.name

    def complete(self, token: str | None, code: str) -> Login:
        """Try a code of the second factor on a login that waits for one.

        A login that is complete has another token. Raises RecordsUnavailable, SecretUnreadable.
        """
        name = self.halfway(token)
        if name is None:
            return Login(None)
        tried = throttle.begun(self.records, hashed(f"code:{name}"), self.clock())
        if tried is None:
            return Login(None, throttled=True)
        with self.records.writing() as session:
            account = session.scalars(
                select(Account).where(Account.name == name).with_for_update()
            ).one()
            if not second_factor.opens(session, self.sealing, account, code, self.clock()):
                return Login(None)
            session.execute(delete(LoginSession).where(LoginSession.token == hashed(token or "")))
        return Login(self.begin(account, True, tried))

    def moderator(self, token: str | None) -> Moderator | None:
        """Who holds `token`; None where the login has ended. Raises RecordsUnavailable."""
        if not token:
            return None
        now = self.clock()
        found = (
            select(LoginSession, Account)
            .join(Account, Account.id == LoginSession.account)
            .where(
                LoginSession.token == hashed(token),
                LoginSession.complete,
                LoginSession.created_at > now - self.absolute,
                LoginSession.seen_at > now - IDLE,
                Account.disabled_at.is_(None),
            )
        )
        with self.records.reading() as session:
            row = session.execute(found).one_or_none()
        if row is None:
            return None
        login, account = row
        if login.seen_at < now - NOTICED:
            self.notice(login.token, now)
        factor = account.totp_since is not None
        return Moderator(account.id, account.name, cast(Role, account.role), login.csrf, factor)

    def notice(self, token: str, now: datetime) -> None:
        """Write down that a login was used."""
        with self.records.writing() as session:
            session.execute(
                update(LoginSession).where(LoginSession.token == token).values(seen_at=now)
            )

    def log_out(self, token: str | None) -> None:
        """End a login, if there is one. Raises RecordsUnavailable."""
        if token:
            with self.records.writing() as session:
                session.execute(delete(LoginSession).where(LoginSession.token == hashed(token)))


def hashed(secret: str) -> str:
    """SHA-256, in hexadecimal: enough for what is random, and hides what is not from memory."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
