"""Accounts of moderators: made on the command line, never by default, never deleted.

Passwords are kept as argon2id hashes with the parameters of RFC 9106 (argon2-cffi's default).
"""

import unicodedata
from datetime import UTC, datetime
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.review import audit
from bot.review.accounts.second_factor import removed
from bot.review.database.tables import ROLES, Account, LoginSession, Role
from bot.review.storage import Records
from embeddings.errors import AccountInvalid

__all__ = [
    "LEAST",
    "add",
    "disable",
    "folded",
    "forget_second_factor",
    "listed",
    "matches",
    "set_password",
    "set_role",
]

LEAST: Final = 12
MOST: Final = 1024
LONGEST_NAME: Final = 64
HASHER: Final = PasswordHasher()


def add(records: Records, name: str, password: str, role: Role) -> None:
    """Make an account. Raises AccountInvalid, RecordsUnavailable."""
    check_name(folded(name))
    check_password(name, password)
    check_role(role)
    now = datetime.now(UTC)
    hashed = HASHER.hash(prepared(password))
    account = Account(name=folded(name), password=hashed, role=role, created_at=now)
    try:
        with records.writing() as session:
            session.add(account)
            audit.note(session, now, audit.OPERATOR, "account added", account.name, role)
    except IntegrityError:
        raise AccountInvalid(
            f"There is an account '{folded(name)}' already; choose another name, or give it a "
            "new password with `safepassage user passwd`."
        ) from None


def set_password(records: Records, name: str, password: str) -> None:
    """Give an account a new password, enable it, and log it out everywhere.

    Raises AccountInvalid, RecordsUnavailable.
    """
    check_password(name, password)
    hashed = HASHER.hash(prepared(password))
    with records.writing() as session:
        account = existing(session, name)
        account.password, account.disabled_at = hashed, None
        log_out_everywhere(session, account)
        now = datetime.now(UTC)
        audit.note(session, now, audit.OPERATOR, "password set", account.name)


def disable(records: Records, name: str) -> None:
    """Let an account in no more, and log it out everywhere; its verdicts stay.

    Raises AccountInvalid, RecordsUnavailable.
    """
    with records.writing() as session:
        account = existing(session, name)
        now = datetime.now(UTC)
        account.disabled_at = account.disabled_at or now
        log_out_everywhere(session, account)
        audit.note(session, now, audit.OPERATOR, "account disabled", account.name)


def set_role(records: Records, name: str, role: Role) -> None:
    """Give an account another role, and log it out everywhere.

    Raises AccountInvalid, RecordsUnavailable.
    """
    check_role(role)
    with records.writing() as session:
        account = existing(session, name)
        account.role = role
        log_out_everywhere(session, account)
        audit.note(session, datetime.now(UTC), audit.OPERATOR, "role set", account.name, role)


def forget_second_factor(records: Records, name: str) -> None:
    """Let an account in by its password alone again, and log it out everywhere.

    Raises AccountInvalid, RecordsUnavailable.
    """
    with records.writing() as session:
        account = existing(session, name)
        removed(session, account)
        log_out_everywhere(session, account)
        now = datetime.now(UTC)
        audit.note(session, now, audit.OPERATOR, "second factor removed", account.name)


def listed(records: Records) -> tuple[Account, ...]:
    """All accounts, by name. Raises RecordsUnavailable."""
    with records.reading() as session:
        return tuple(session.scalars(select(Account).order_by(Account.name)))


def matches(account: Account | None, password: str) -> bool:
    """Whether `password` opens `account`; takes as long where there is no account."""
    instead = nobody()
    try:
        HASHER.verify(account.password if account else instead, prepared(password)[:MOST])
    except (VerificationError, InvalidHashError):
        return False
    return account is not None and account.disabled_at is None


@cache
def nobody() -> str:
    """What is verified against where there is no account, so that refusing takes as long."""
    return HASHER.hash("no account has this password")


def existing(session: Session, name: str) -> Account:
    """The account called `name`. Raises AccountInvalid."""
    account = session.scalar(select(Account).where(Account.name == folded(name)))
    if account is None:
        raise AccountInvalid(f"There is no account '{folded(name)}'.")
    return account


def log_out_everywhere(session: Session, account: Account) -> None:
    """End all logins of an account."""
    session.execute(delete(LoginSession).where(LoginSession.account == account.id))


def folded(name: str) -> str:
    """A name as it is kept: no two that look or sound the same may differ."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def prepared(password: str) -> str:
    """A password as it is hashed: the same however the keyboard composes it (RFC 8265)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace").decode()


def check_name(name: str) -> None:
    """Raises AccountInvalid for a name that is empty, too long or holds what cannot be seen."""
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise AccountInvalid(
            f"A name has 1 to {LONGEST_NAME} characters, without control characters."
        )


def check_role(role: str) -> None:
    """Raises AccountInvalid for a role that does not exist."""
    if role not in ROLES:
        raise AccountInvalid(f"There is no such role; choose one of {', '.join(ROLES)}.")


def check_password(name: str, password: str) -> None:
    """Raises AccountInvalid for a password that is short, endless, or no secret."""
    if not LEAST <= len(password) <= MOST:
        raise AccountInvalid(
            f"A password has {LEAST} to {MOST} characters; several words in a row are good."
        )
    if folded(password) == folded(name) or len(set(password)) < 5:
        raise AccountInvalid("This password is too easy to guess; take several words in a row.")
