"""The second factor, and the counting of tries that every process shares."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from bot.review.accounts import second_factor
from bot.review.accounts.accounts import add, forget_second_factor, listed, set_role
from bot.review.accounts.sealing import Sealing
from bot.review.accounts.sessions import Sessions
from bot.review.database.tables import Account, Audit, LoginTry, RecoveryCode
from bot.review.storage import Records
from embeddings.errors import AccountInvalid

PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXP" * 2


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(records: Records, sealing: Sealing, clock: Clock) -> Sessions:
    add(records, "anna", PASSWORD, "moderator")
    return Sessions(records, sealing, clock=clock)


def code_at(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(moment)


@pytest.fixture
def secret(records: Records, sealing: Sealing, sessions: Sessions, clock: Clock) -> str:
    """The secret of a second factor in force; the clock has gone on since."""
    made = second_factor.begin(records, sealing, 1)
    assert (
        len(second_factor.confirm(records, sealing, 1, code_at(made, clock.now), clock.now)) == 10
    )
    clock.now += timedelta(minutes=2)
    return made


def test_nothing_is_in_force_before_the_first_code(
    records: Records, sealing: Sealing, sessions: Sessions
) -> None:
    made = second_factor.begin(records, sealing, 1)
    assert second_factor.begin(records, sealing, 1) == made
    assert second_factor.confirm(records, sealing, 1, "000000", datetime.now(UTC)) == ()
    assert sessions.log_in("anna", PASSWORD).complete


def test_an_app_can_read_the_address() -> None:
    told = pyotp.parse_uri(second_factor.address("anna b", SECRET))
    assert isinstance(told, pyotp.TOTP)
    assert (told.name, told.issuer, told.secret) == ("anna b", "SafePassage", SECRET)


def test_a_password_alone_opens_nothing_then(
    records: Records, sessions: Sessions, secret: str, clock: Clock
) -> None:
    login = sessions.log_in("anna", PASSWORD)
    assert login.token is not None
    assert not login.complete
    assert sessions.moderator(login.token) is None
    assert sessions.halfway(login.token) == "anna"
    whole = sessions.complete(login.token, code_at(secret, clock.now))
    assert whole.token not in (None, login.token)
    moderator = sessions.moderator(whole.token)
    assert moderator is not None
    assert moderator.second_factor
    assert sessions.halfway(login.token) is None


def test_a_code_is_taken_once(sessions: Sessions, secret: str, clock: Clock) -> None:
    code = code_at(secret, clock.now)
    first, second = sessions.log_in("anna", PASSWORD), sessions.log_in("anna", PASSWORD)
    assert sessions.complete(first.token, code).token
    assert sessions.complete(second.token, code).token is None


@pytest.mark.parametrize(("seconds", "opens"), [(-90, False), (-30, True), (30, True), (90, False)])
def test_a_clock_may_be_a_little_off(
    sessions: Sessions, secret: str, clock: Clock, seconds: int, opens: bool
) -> None:
    login = sessions.log_in("anna", PASSWORD)
    code = code_at(secret, clock.now + timedelta(seconds=seconds))
    assert bool(sessions.complete(login.token, code).token) == opens


def test_a_recovery_code_opens_once(
    records: Records, sealing: Sealing, sessions: Sessions, clock: Clock
) -> None:
    made = second_factor.begin(records, sealing, 1)
    codes = second_factor.confirm(records, sealing, 1, code_at(made, clock.now), clock.now)
    assert len(set(codes)) == 10
    with records.reading() as session:
        kept = set(session.scalars(select(RecoveryCode.hash)))
    assert kept.isdisjoint(codes)
    for written, opens in ((codes[0].upper(), True), (codes[0], False), ("x" * 16, False)):
        login = sessions.log_in("anna", PASSWORD)
        assert bool(sessions.complete(login.token, written).token) == opens
    assert second_factor.codes_left(records, 1) == 9


def test_too_many_codes_are_throttled(sessions: Sessions, secret: str, clock: Clock) -> None:
    login = sessions.log_in("anna", PASSWORD)
    tries = [sessions.complete(login.token, "000000").throttled for _ in range(6)]
    assert tries == [False] * 5 + [True]
    assert sessions.complete(login.token, code_at(secret, clock.now)).throttled


def test_a_login_does_not_wait_for_its_code_for_long(
    sessions: Sessions, secret: str, clock: Clock
) -> None:
    login = sessions.log_in("anna", PASSWORD)
    clock.now += timedelta(minutes=6)
    assert sessions.complete(login.token, code_at(secret, clock.now)).token is None


def test_it_is_removed_by_a_code_or_on_the_command_line(
    records: Records, sealing: Sealing, sessions: Sessions, secret: str, clock: Clock
) -> None:
    assert not second_factor.remove(records, sealing, 1, "000000", clock.now)
    assert second_factor.remove(records, sealing, 1, code_at(secret, clock.now), clock.now)
    assert sessions.log_in("anna", PASSWORD).complete
    made = second_factor.begin(records, sealing, 1)
    assert made != secret
    second_factor.confirm(records, sealing, 1, code_at(made, clock.now), clock.now)
    forget_second_factor(records, "anna")
    assert sessions.log_in("anna", PASSWORD).complete
    with records.reading() as session:
        actions = list(session.scalars(select(Audit.action)))
        account = session.get_one(Account, 1)
        assert (account.totp, account.totp_since, account.totp_step) == (None, None, None)
    assert actions.count("second factor removed") == 2


def test_tries_are_counted_for_every_process(
    records: Records, sealing: Sealing, clock: Clock
) -> None:
    add(records, "anna", PASSWORD, "viewer")
    one, other = Sessions(records, sealing, clock=clock), Sessions(records, sealing, clock=clock)
    for sessions in (one, other, one, other, one):
        assert not sessions.log_in("anna", "wrong").throttled
    assert other.log_in("anna", PASSWORD).throttled
    clock.now += timedelta(minutes=5, seconds=1)
    assert other.log_in("anna", PASSWORD).token
    with records.reading() as session:
        assert session.scalars(select(LoginTry)).all() == []


def test_tries_of_all_names_together_are_limited(
    records: Records, sealing: Sealing, clock: Clock
) -> None:
    sessions = Sessions(records, sealing, clock=clock)
    with records.writing() as session:
        session.add_all(LoginTry(key=f"k{number}", at=clock.now) for number in range(100))
    assert sessions.log_in("somebody", "wrong").throttled


def test_a_right_password_leaves_no_try(records: Records, sessions: Sessions) -> None:
    for _ in range(8):
        assert sessions.log_in("anna", PASSWORD).token


def test_a_role_is_changed_and_every_login_ends(records: Records, sessions: Sessions) -> None:
    held = sessions.log_in("anna", PASSWORD).token
    set_role(records, "anna", "admin")
    assert sessions.moderator(held) is None
    assert [(each.name, each.role) for each in listed(records)] == [("anna", "admin")]
    with pytest.raises(AccountInvalid, match="role"):
        set_role(records, "anna", "root")  # type: ignore[arg-type]
