"""Accounts and logins: nothing by default, nothing to guess, nothing that lasts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from bot.review.accounts import accounts
from bot.review.accounts.accounts import add, disable, set_password
from bot.review.accounts.sealing import Sealing
from bot.review.accounts.sessions import Sessions
from bot.review.database.tables import Account, Audit, LoginSession
from bot.review.storage import Records
from embeddings.errors import AccountInvalid

PASSWORD = "correct horse battery staple"

REAL = accounts.HASHER


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
    return Sessions(records, sealing, clock=clock)


def token(sessions: Sessions, name: str = "anna") -> str:
    login = sessions.log_in(name, PASSWORD)
    assert login.token is not None
    return login.token


def test_there_is_no_account_until_one_is_made(records: Records, sessions: Sessions) -> None:
    with records.reading() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 0
    for name, password in (("admin", "admin"), ("", ""), ("admin", PASSWORD)):
        assert sessions.log_in(name, password).token is None


def test_who_has_an_account_gets_in(records: Records, sessions: Sessions) -> None:
    add(records, "Anna", PASSWORD, "moderator")
    moderator = sessions.moderator(token(sessions, "ａｎｎａ "))
    assert moderator is not None
    assert (moderator.name, moderator.role, moderator.may_judge) == ("anna", "moderator", True)


def test_a_viewer_may_not_judge(records: Records, sessions: Sessions) -> None:
    add(records, "anna", PASSWORD, "viewer")
    moderator = sessions.moderator(token(sessions))
    assert moderator is not None
    assert not moderator.may_judge


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("anna", "short"),
        ("anna", "a" * 20),
        ("a-rather-long-name", "A-rather-long-name"),
        ("", PASSWORD),
        ("x" * 65, PASSWORD),
        ("an\nna", PASSWORD),
        ("anna", "x1y2z3" * 200),
    ],
)
def test_a_bad_name_or_password_is_refused(name: str, password: str) -> None:
    with pytest.raises(AccountInvalid) as caught:
        add(Records("sqlite://"), name, password, "viewer")
    assert password not in str(caught.value)


def test_a_name_is_given_once(records: Records) -> None:
    add(records, "anna", PASSWORD, "viewer")
    with pytest.raises(AccountInvalid, match="already"):
        add(records, "ANNA", PASSWORD, "admin")


def test_a_role_that_does_not_exist_is_refused(records: Records) -> None:
    with pytest.raises(AccountInvalid, match="viewer"):
        add(records, "anna", PASSWORD, "root")  # type: ignore[arg-type]


def test_neither_password_nor_token_is_kept(records: Records, sessions: Sessions) -> None:
    add(records, "anna", PASSWORD, "viewer")
    given = token(sessions)
    with records.reading() as session:
        account, login = session.get_one(Account, 1), session.scalars(select(LoginSession)).one()
        assert account.password.startswith("$argon2id$")
        assert PASSWORD not in account.password
        assert given not in (login.token, login.csrf)


def test_passwords_are_hashed_as_rfc_9106_recommends() -> None:
    assert (REAL.type.name, REAL.memory_cost, REAL.time_cost) == ("ID", 65536, 3)


def test_a_new_password_ends_every_login(records: Records, sessions: Sessions) -> None:
    add(records, "anna", PASSWORD, "viewer")
    held = token(sessions)
    set_password(records, "anna", "another long password")
    assert sessions.moderator(held) is None
    assert sessions.log_in("anna", PASSWORD).token is None
    assert sessions.log_in("anna", "another long password").token


def test_a_disabled_account_gets_in_no_more(records: Records, sessions: Sessions) -> None:
    add(records, "anna", PASSWORD, "admin")
    held = token(sessions)
    disable(records, "anna")
    assert sessions.moderator(held) is None
    assert sessions.log_in("anna", PASSWORD).token is None


@pytest.mark.parametrize(
    "change", [lambda r: disable(r, "x"), lambda r: set_password(r, "x", PASSWORD)]
)
def test_an_account_that_is_not_there_cannot_be_changed(
    records: Records, change: Callable[[Records], None]
) -> None:
    with pytest.raises(AccountInvalid, match="no account"):
        change(records)


def test_too_many_tries_are_throttled_whether_or_not_the_name_exists(
    records: Records, sessions: Sessions
) -> None:
    add(records, "anna", PASSWORD, "viewer")
    for name in ("anna", "nobody"):
        tries = [sessions.log_in(name, "wrong password!").throttled for _ in range(6)]
        assert tries == [False] * 5 + [True]
    # Not even the right password tells whether it was right.
    assert sessions.log_in("anna", PASSWORD).throttled


def test_a_login_ends_when_nobody_uses_it(
    records: Records, sessions: Sessions, clock: Clock
) -> None:
    add(records, "anna", PASSWORD, "viewer")
    held = token(sessions)
    for _ in range(3):
        clock.now += timedelta(minutes=25)
        assert sessions.moderator(held)
    clock.now += timedelta(minutes=31)
    assert sessions.moderator(held) is None


def test_a_login_ends_after_twelve_hours_however_much_it_is_used(
    records: Records, sessions: Sessions, clock: Clock
) -> None:
    add(records, "anna", PASSWORD, "viewer")
    held = token(sessions)
    for _ in range(28):
        clock.now += timedelta(minutes=25)
        sessions.moderator(held)
    clock.now += timedelta(minutes=25)
    assert sessions.moderator(held) is None


def test_logging_out_ends_the_login(records: Records, sessions: Sessions) -> None:
    add(records, "anna", PASSWORD, "viewer")
    held = token(sessions)
    sessions.log_out(held)
    assert sessions.moderator(held) is None


@pytest.mark.parametrize("made_up", [None, "", "x", "\udcff", "' OR 1=1 --"])
def test_a_made_up_token_opens_nothing(
    records: Records, sessions: Sessions, made_up: str | None
) -> None:
    add(records, "anna", PASSWORD, "viewer")
    assert sessions.moderator(made_up) is None


def test_what_was_done_to_accounts_is_in_the_audit_log(
    records: Records, sessions: Sessions
) -> None:
    add(records, "anna", PASSWORD, "viewer")
    token(sessions)
    set_password(records, "anna", PASSWORD)
    disable(records, "anna")
    with records.reading() as session:
        actions = list(session.scalars(select(Audit.action).order_by(Audit.id)))
        told = session.execute(text("SELECT * FROM audit")).all()
    assert actions == ["account added", "logged in", "password set", "account disabled"]
    assert PASSWORD not in str(told)
