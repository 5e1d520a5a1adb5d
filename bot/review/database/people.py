"""The tables of those who judge: accounts, their logins, what they keep, and what they did."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from bot.review.database.schema import Base, one_of

__all__ = [
    "ROLES",
    "Account",
    "Audit",
    "LoginSession",
    "LoginTry",
    "RecoveryCode",
    "Role",
    "SavedFilter",
]

Role = Literal["viewer", "moderator", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "moderator", "admin")


class Account(Base):
    """Somebody who may log in. `name` is folded; `password` is an argon2id hash.

    `totp` is the secret of the second factor, in force from `totp_since`; `totp_step` the time
    step of the last code that was taken, so that none is taken twice (RFC 6238, section 5.2).
    """

    __tablename__ = "accounts"
    __table_args__ = (one_of("role", ROLES, "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    totp: Mapped[str | None] = mapped_column(String(64))
    totp_since: Mapped[datetime | None]
    totp_step: Mapped[int | None]


class LoginSession(Base):
    """A moderator's login. `token` is the hash of what the browser holds, never the token.

    Until the second factor was shown it is not `complete` and opens nothing.
    """

    __tablename__ = "login_sessions"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    complete: Mapped[bool] = mapped_column(server_default=true())


class RecoveryCode(Base):
    """The hash of a code that opens an account once where the second factor is lost."""

    __tablename__ = "recovery_codes"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None]


class LoginTry(Base):
    """A failed try to log in, under the hash of the name, for a few minutes."""

    __tablename__ = "login_tries"
    __table_args__ = (Index(None, "key", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class SavedFilter(Base):
    """A filter of the queue that an account has named: the query of its address.

    The one without a name is the account's latest search; it dies the day after, for the words
    searched for may be those of a question.
    """

    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("account", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(64))
    query: Mapped[str] = mapped_column(String(1024))
    at: Mapped[datetime]


class Audit(Base):
    """What was done by whom; the database refuses to change or delete a line."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(64))
    detail: Mapped[str] = mapped_column(String(255))
