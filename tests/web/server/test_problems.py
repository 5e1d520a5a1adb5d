"""Errors look alike everywhere, are documented, and repeat nothing."""

import re

import pytest
from fastapi.testclient import TestClient

from bot.answering.wording import SHIPPED
from tests.places import DOCS
from tests.web.conftest import Opened, program_of
from web.server.problem_types import BY_STATUS, PROBLEMS

PAGE = DOCS / "problems.md"
CANARY = "canary73mg"


def test_every_problem_is_documented_with_its_status() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d+|any other) \|", PAGE.read_text("utf-8"), re.M)
    assert {name for name, _ in rows} == set(PROBLEMS)
    assert all(status in (str(PROBLEMS[name].status), "any other") for name, status in rows)


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_problem_has_words_for_a_visitor(name: str) -> None:
    assert SHIPPED.message(PROBLEMS[name].phrase, "zh-Hant").text


def test_a_status_stands_for_a_problem_of_that_status() -> None:
    assert all(PROBLEMS[name].status == status for status, name in BY_STATUS.items())


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/{CANARY}", 404),
        ("GET", f"/api/v1/{CANARY}", 404),
        ("GET", f"/api/v1/passages/{CANARY}", 404),
        ("GET", f"/api/v1/documents/{CANARY}/{CANARY}", 404),
        ("GET", f"/api/v1/documents?limit={CANARY}", 422),
        ("GET", "/api/v1/documents?limit=0", 422),
        ("GET", "/api/v1/topics?language=" + CANARY * 10, 422),
        ("GET", "/api/v1/resources?region=" + CANARY * 10, 422),
        ("GET", "/api/v1/ask", 405),
        ("PUT", "/api/v1/status", 405),
        ("DELETE", "/api/v1/search", 405),
        ("POST", "/api/v1/ask", 400),
        ("POST", "/api/v1/search", 400),
        ("POST", "/api/v1/feedback", 400),
    ],
)
def test_every_error_is_a_problem_that_repeats_nothing(
    client: TestClient, method: str, path: str, status: int
) -> None:
    response = client.request(method, path, content=CANARY if method == "POST" else None)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert CANARY not in response.text
    body = response.json()
    assert body["status"] == status
    assert body["type"].removeprefix("urn:safepassage:problem:") in PROBLEMS
    assert body["title"] and body["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {"query": "K粉", "limit": CANARY},
        {"query": "K粉", "limit": 51},
        {"query": "K粉", "source": [CANARY]},
    ],
)
def test_a_field_is_named_and_its_value_is_not(client: TestClient, body: dict[str, object]) -> None:
    response = client.post("/api/v1/search", json=body)
    assert response.status_code == 422
    assert [each["field"] for each in response.json()["errors"]] == [list(body)[-1]]
    assert CANARY not in response.text


def test_a_mistake_of_the_program_is_a_problem_with_contacts(
    serving: Opened, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    client = serving(model="none", origins=("https://site.example",))

    def fail(*_: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(type(program_of(client).bot), "consider", fail)
    headers = {"Origin": "https://site.example"}
    response = client.post("/api/v1/ask", json={"question": "K粉" + CANARY}, headers=headers)
    assert response.status_code == 500
    assert response.json()["type"] == "urn:safepassage:problem:internal"
    assert response.json()["resources"]
    assert response.headers["access-control-allow-origin"] == "https://site.example"
    assert CANARY not in response.text
    written = capfd.readouterr()
    assert "RuntimeError" in written.err
    assert CANARY not in written.err + written.out
