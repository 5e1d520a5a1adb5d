"""For whoever runs the machine: alive, ready, counted."""

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import PLAIN, Opened, program_of


def test_the_process_lives_before_anything_is_loaded(serving: Opened) -> None:
    client = serving(model="none")
    program_of(client).warm.clear()
    assert client.get("/healthz").json() == {"status": "ok"}
    waiting = client.get("/readyz")
    assert waiting.status_code == 503
    assert waiting.json()["type"].endswith("index-unavailable")


def test_a_program_that_can_answer_is_ready(client: TestClient) -> None:
    assert client.get("/readyz").json()["status"] == "ok"


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ("without_index", "index-unavailable"),
        ("without_model", "model-unavailable"),
        ("with_corrupt_index", "index-corrupt"),
    ],
)
def test_a_program_that_cannot_is_not(
    broken: str, problem: str, request: pytest.FixtureRequest
) -> None:
    response = request.getfixturevalue(broken).get("/readyz")
    assert response.status_code == 503
    assert response.json()["type"].endswith(problem)


def test_answers_are_counted_by_kind(client: TestClient) -> None:
    client.post("/api/v1/ask", json={"question": PLAIN})
    text = client.get("/metrics").text
    assert 'safepassage_answers_total{kind="answer",language="zh-Hans"}' in text
    assert "safepassage_ready 1.0" in text


def test_nothing_that_was_typed_becomes_a_label(client: TestClient) -> None:
    client.get("/typed-by-somebody")
    client.get("/api/v1/passages/typed-by-somebody")
    client.request("TYPED", "/api/v1/ask")
    text = client.get("/metrics").text
    assert "typed" not in text.lower()
    assert 'route="/api/v1/passages/{id:path}"' in text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_metrics_are_not_for_who_comes_through_a_proxy(client: TestClient, header: str) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403


def test_metrics_are_for_this_machine_and_for_who_has_the_token(serving: Opened) -> None:
    client = serving(model="none", metrics_token="hunter2")
    client._transport.client = ("203.0.113.5", 1)  # type: ignore[attr-defined]
    assert client.get("/metrics").status_code == 403
    wrong = {"Authorization": "Bearer hunter3"}
    assert client.get("/metrics", headers=wrong).status_code == 403
    right = {"Authorization": "Bearer hunter2"}
    assert client.get("/metrics", headers=right).status_code == 200
