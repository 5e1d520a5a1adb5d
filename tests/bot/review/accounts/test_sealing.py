"""Secrets of second factors lie sealed in the database, and are not lost with a change of keys."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import update

from bot.review.accounts import second_factor
from bot.review.accounts.accounts import add
from bot.review.accounts.sealing import Sealing, made
from bot.review.accounts.sessions import Sessions
from bot.review.database.tables import Account
from bot.review.storage import Records
from embeddings.errors import SecretUnreadable, StorageFailed

PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXP" * 2
OLD, NEW = "old key of the owner 0123456789abcdef", "new key of the owner 0123456789abcdef"


def code(secret: str) -> str:
    return pyotp.TOTP(secret).at(datetime.now(UTC))


def kept(records: Records) -> str:
    with records.reading() as session:
        return session.get_one(Account, 1).totp or ""


def put(records: Records, secret: str) -> None:
    """A secret in force, as the database holds it."""
    with records.writing() as session:
        session.execute(update(Account).values(totp=secret, totp_since=datetime.now(UTC)))


@pytest.fixture
def anna(records: Records) -> Records:
    add(records, "anna", PASSWORD, "moderator")
    return records


def opens(records: Records, sealing: Sealing, given: str) -> bool:
    """Whether a code lets anna in."""
    sessions = Sessions(records, sealing)
    login = sessions.log_in("anna", PASSWORD)
    assert not login.complete
    return sessions.complete(login.token, given).token is not None


def test_the_database_does_not_hold_the_secret(anna: Records, sealing: Sealing) -> None:
    secret = second_factor.begin(anna, sealing, 1)
    assert len(secret) == 32
    assert secret not in kept(anna)
    assert second_factor.begin(anna, sealing, 1) == secret
    if anna.file is not None:
        for each in anna.file.parent.glob("records.sqlite*"):
            assert secret.encode() not in each.read_bytes()


def test_the_same_secret_is_never_sealed_alike(sealing: Sealing) -> None:
    assert sealing.seal(SECRET, 1) != sealing.seal(SECRET, 1)


def test_a_key_is_made_when_it_is_needed_and_for_its_owner_alone(tmp_path: Path) -> None:
    sealing = Sealing(tmp_path / "new" / "secret.key")
    assert not sealing.current(SECRET, 1)
    assert not sealing.file.exists()
    sealing.seal(SECRET, 1)
    assert stat.S_IMODE(sealing.file.stat().st_mode) == 0o600
    assert [each.name for each in sealing.file.parent.iterdir()] == ["secret.key"]


def test_many_that_need_a_key_at_once_agree_on_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(made, [tmp_path / "secret.key"] * 32))
    assert len(set(keys)) == 1
    assert len(keys[0]) >= 43


def test_the_owners_key_needs_no_file(tmp_path: Path) -> None:
    sealing = Sealing(tmp_path / "secret.key", NEW)
    assert sealing.opened(sealing.seal(SECRET, 1), 1) == SECRET
    assert list(tmp_path.iterdir()) == []


def test_where_no_key_can_be_kept_it_is_said_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a directory should be")
    with pytest.raises(StorageFailed, match="SAFEPASSAGE_SECRET_KEY"):
        Sealing(tmp_path / "data" / "secret.key").seal(SECRET, 1)


def test_what_was_sealed_for_one_account_opens_for_no_other(sealing: Sealing) -> None:
    with pytest.raises(SecretUnreadable):
        sealing.opened(sealing.seal(SECRET, 1), 2)


@pytest.mark.parametrize("change", ["other key", "no key", "damaged"])
def test_where_no_key_fits_it_is_said_what_to_do(
    anna: Records, tmp_path: Path, change: str
) -> None:
    first = Sealing(tmp_path / "secret.key", OLD)
    put(anna, first.seal(SECRET, 1))
    if change == "damaged":
        put(anna, "!" * 64)
    other = Sealing(tmp_path / "secret.key", *([NEW] if change == "other key" else []))
    with pytest.raises(SecretUnreadable) as refused:
        opens(anna, other, code(SECRET))
    for word in ("SAFEPASSAGE_SECRET_KEY", "secret.key", "user reset-second-factor"):
        assert word in str(refused.value)
    with pytest.raises(SecretUnreadable):
        second_factor.checked(anna, other)


def test_a_recovery_code_opens_without_any_key(anna: Records, tmp_path: Path) -> None:
    first = Sealing(tmp_path / "a.key")
    secret = second_factor.begin(anna, first, 1)
    codes = second_factor.confirm(anna, first, 1, code(secret), datetime.now(UTC))
    assert opens(anna, Sealing(tmp_path / "b.key"), codes[0])


def test_secrets_of_the_release_before_are_sealed_and_still_open(
    anna: Records, sealing: Sealing
) -> None:
    put(anna, SECRET)
    assert second_factor.sealed_anew(anna, sealing) == 1
    assert SECRET not in kept(anna)
    assert second_factor.sealed_anew(anna, sealing) == 0
    assert opens(anna, sealing, code(SECRET))


def test_a_new_key_in_front_seals_anew_and_the_old_one_may_go(
    anna: Records, tmp_path: Path
) -> None:
    file = tmp_path / "secret.key"
    put(anna, Sealing(file).seal(SECRET, 1))
    assert second_factor.sealed_anew(anna, Sealing(file, OLD)) == 1
    file.unlink()
    assert second_factor.sealed_anew(anna, Sealing(file, NEW, OLD)) == 1
    assert opens(anna, Sealing(file, NEW), code(SECRET))
    with pytest.raises(SecretUnreadable):
        Sealing(file, OLD).opened(kept(anna), 1)
