"""Logging in and staying in: throttled tries, random tokens kept as hashes, two clocks.

A refusal is the same, and takes the same time, for a wrong name, a wrong password, a disabled
account and too many tries; tries are counted for names that do not exist too.
"""

import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, cast

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import delete, select, update

from bot.review import audit
from bot.review.accounts import folded, matches
from bot.review.records import Records
from bot.review.tables import Account, LoginSession, Role

__all__ = ["Login", "Moderator", "Sessions"]

TRIES_A_NAME: Final = RateLimitItemPerMinute(5, 5)
TRIES_IN_ALL: Final = RateLimitItemPerMinute(100, 5)
"""Failed tries in five minutes: for one name, and for all names together."""

HASHING: Final = threading.BoundedSemaphore(2)
"""Passwords checked at once: each takes 64 MiB of memory and a fifth of a second."""

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
NOTICED: Final = timedelta(minutes=1)
"""How often a login's last use is written down."""


@dataclass(frozen=True, slots=True)
class Moderator:
    """Who is logged in. `csrf` has to come back with every form."""

    account: int
    name: str
    role: Role
    csrf: str

    @property
    def may_judge(self) -> bool:
        """Whether this account may give verdicts; a viewer only reads."""
        return self.role in ("moderator", "admin")

    def sent(self, csrf: str) -> bool:
        """Whether a form was made for this login."""
        return hmac.compare_digest(self.csrf.encode(), csrf.encode())


@dataclass(frozen=True, slots=True)
class Login:
    """What came of a try: the token for the browser, or None; `throttled` after too many."""

    token: str | None
    throttled: bool = False


class Sessions:
    """Logins to `records`; the counts of tries live in this process's memory, by hash."""

    def __init__(
        self,
        records: Records,
        absolute: timedelta = ABSOLUTE,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.records, self.absolute, self.clock = records, absolute, clock
        self.tries = MovingWindowRateLimiter(MemoryStorage())

    def log_in(self, name: str, password: str) -> Login:
        """Try a name and a password. Raises RecordsUnavailable."""
        key = hashed(folded(name))
        if not self.may_try(key):
            return Login(None, throttled=True)
        with self.records.reading() as session:
            account = session.scalar(select(Account).where(Account.name == folded(name)[:64]))
        with HASHING:
            right = matches(account, password)
        if not right or account is None:
            self.tries.hit(TRIES_A_NAME, key)
            self.tries.hit(TRIES_IN_ALL, "all")
            return Login(None)
        return Login(self.begin(account))

    def may_try(self, key: str) -> bool:
        """Whether neither this name nor all names together were tried too often."""
        return self.tries.test(TRIES_A_NAME, key) and self.tries.test(TRIES_IN_ALL, "all")

    def begin(self, account: Account) -> str:
        """Begin a login of `account`; its token is nowhere but in what is returned."""
        token, now = secrets.token_urlsafe(32), self.clock()
        with self.records.writing() as session:
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
                )
            )
            audit.note(session, now, account.name, "logged in")
        return token

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
        return Moderator(account.id, account.name, cast(Role, account.role), login.csrf)

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
