"""The second factor: codes that change every half minute (RFC 6238), and codes for its loss.

A code is taken once: the time step of the last one is kept (section 5.2). The secret behind them
is sealed (`bot.review.accounts.sealing`). Recovery codes are random, 80 bits each, kept as hashes
and used up one by one.
"""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from datetime import datetime
from typing import Final

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.review import audit
from bot.review.accounts.sealing import Sealing
from bot.review.database.tables import Account, RecoveryCode
from bot.review.storage import Records

__all__ = [
    "address",
    "begin",
    "checked",
    "codes_left",
    "confirm",
    "opens",
    "remove",
    "removed",
    "sealed_anew",
]

SECONDS: Final = 30
CODES: Final = 10
ISSUER: Final = "SafePassage"


def begin(records: Records, sealing: Sealing, account: int) -> str:
    """The secret to set up, made anew unless one waits to be confirmed or is in force already.

    Raises RecordsUnavailable, SecretUnreadable, StorageFailed.
    """
    with records.writing() as session:
        found = session.get_one(Account, account, with_for_update=True)
        if found.totp is None:
            found.totp = sealing.seal(pyotp.random_base32(), account)
        return sealing.opened(found.totp, account)


def address(name: str, secret: str) -> str:
    """The `otpauth:` address that an authenticator app reads, also as a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def confirm(
    records: Records, sealing: Sealing, account: int, code: str, now: datetime
) -> tuple[str, ...]:
    """Put the second factor in force by a first code; its recovery codes, told this once.

    Empty where the code is wrong or one is in force already. Raises RecordsUnavailable,
    SecretUnreadable.
    """
    with records.writing() as session:
        found = session.get_one(Account, account, with_for_update=True)
        waiting = found.totp is not None and found.totp_since is None
        if not waiting or not timely(found, sealing, code, now):
            return ()
        found.totp_since = now
        audit.note(session, now, found.name, "second factor set up", found.name)
        return renewed(session, account)


def renewed(session: Session, account: int) -> tuple[str, ...]:
    """New recovery codes in place of the old ones."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account == account))
    codes = tuple(recovery_code() for _ in range(CODES))
    session.add_all(RecoveryCode(hash=hashed(code), account=account) for code in codes)
    return codes


def recovery_code() -> str:
    """Sixteen letters and digits in fours: 80 bits."""
    letters = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(letters[place : place + 4] for place in range(0, 16, 4))


def opens(session: Session, sealing: Sealing, account: Account, code: str, now: datetime) -> bool:
    """Whether an unused recovery code, or a code of the app, opens `account`; uses it up.

    Recovery codes come first: they open without any key. Raises SecretUnreadable.
    """
    if account.totp is None or account.totp_since is None:
        return False
    left = session.get(RecoveryCode, hashed(code), with_for_update=True)
    if left is None or left.account != account.id or left.used_at is not None:
        return timely(account, sealing, code, now)
    left.used_at = now
    audit.note(session, now, account.name, "recovery code used", account.name)
    return True


def timely(account: Account, sealing: Sealing, code: str, now: datetime) -> bool:
    """Whether a code is that of this half minute or one beside it, and was not taken before."""
    given = "".join(unicodedata.normalize("NFKC", code).split())
    step = int(now.timestamp()) // SECONDS
    made = pyotp.TOTP(sealing.opened(account.totp or "", account.id))
    for each in (step - 1, step, step + 1):
        if hmac.compare_digest(made.generate_otp(each).encode(), given.encode()):
            if account.totp_step is not None and each <= account.totp_step:
                return False
            account.totp_step = each
            return True
    return False


def remove(records: Records, sealing: Sealing, account: int, code: str, now: datetime) -> bool:
    """Do without the second factor from now on; False where the code is wrong.

    Raises RecordsUnavailable, SecretUnreadable.
    """
    with records.writing() as session:
        found = session.get_one(Account, account, with_for_update=True)
        if not opens(session, sealing, found, code, now):
            return False
        removed(session, found)
        audit.note(session, now, found.name, "second factor removed", found.name)
        return True


def removed(session: Session, account: Account) -> None:
    """Forget the second factor of an account."""
    account.totp = account.totp_since = account.totp_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.account == account.id))


def sealed_anew(records: Records, sealing: Sealing) -> int:
    """Seal under the key of now what was never sealed, or under a key of before; how many.

    Raises RecordsUnavailable, StorageFailed; SecretUnreadable for what no key opens.
    """
    with records.writing() as session:
        found = session.scalars(
            select(Account).where(Account.totp.is_not(None)).with_for_update()
        ).all()
        kept = {each: each.totp or "" for each in found}
        old = [each for each in kept if not sealing.current(kept[each], each.id)]
        for each in old:
            each.totp = sealing.seal(sealing.opened(kept[each], each.id), each.id)
        return len(old)


def checked(records: Records, sealing: Sealing) -> int:
    """How many secrets there are. Raises RecordsUnavailable; SecretUnreadable where one is lost."""
    with records.reading() as session:
        found = session.scalars(select(Account).where(Account.totp.is_not(None))).all()
        return len([sealing.opened(each.totp or "", each.id) for each in found])


def codes_left(records: Records, account: int) -> int:
    """How many recovery codes are unused. Raises RecordsUnavailable."""
    unused = RecoveryCode.account == account, RecoveryCode.used_at.is_(None)
    with records.reading() as session:
        return session.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0


def hashed(code: str) -> str:
    """What is kept of a recovery code; written with or without its dashes."""
    letters = "".join(char for char in code.lower() if char.isascii() and char.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
