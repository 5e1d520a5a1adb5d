"""Where the key of second factors is lost, recovery codes still open, and it is said what to do."""

import re

import pyotp
import pytest
from fastapi.testclient import TestClient

from bot.answering.phrases import review
from bot.review.accounts.second_factor import begin
from bot.review.database.tables import Account
from tests.web.review.visiting import csrf_of, log_in, visitor
from web.server.assembly import start, stop
from web.server.program import Program

T = review("en")


def set_up(moderator: TestClient) -> list[str]:
    """A second factor in force; its recovery codes."""
    page = moderator.get("/review/account")
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page.text)
    assert secret is not None
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    shown = moderator.post(
        "/review/account/second-factor", data={"csrf": csrf_of(page), "code": code}
    )
    return re.findall(r"<li><code>([a-z2-7-]{19})</code>", shown.text)


def test_without_the_key_a_recovery_code_opens_and_a_code_of_the_app_says_why_not(
    program: Program, moderator: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    codes = set_up(moderator)
    program.sealing.file.unlink()
    client = visitor(program)
    assert log_in(client, "moderator").headers["location"] == "/review/login/code"
    refused = client.post("/review/login/code", data={"code": "123456"})
    assert refused.status_code == 503
    assert T["secret_unreadable"] in refused.text
    assert "SAFEPASSAGE_SECRET_KEY" in caplog.text
    let_in = client.post("/review/login/code", data={"code": codes[0]})
    assert let_in.headers["location"] == "/review"


def test_a_starting_server_seals_what_the_release_before_left_bare(program: Program) -> None:
    secret = pyotp.random_base32()
    with program.records.writing() as session:
        session.get_one(Account, 1).totp = secret
    start(program)
    stop(program)
    with program.records.reading() as session:
        kept = session.get_one(Account, 1).totp
    assert kept is not None and secret not in kept
    assert begin(program.records, program.sealing, 1) == secret
