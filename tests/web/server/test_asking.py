"""POST /ask: danger first, whatever is wrong with the request."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from bot.answer import Answer
from tests.web.conftest import DANGER, PLAIN, Opened, program_of

HERE = "/api/v1/ask"


def ask(client: TestClient, question: object, **fields: object) -> Response:
    return client.post(HERE, json={"question": question, **fields})


def test_a_question_is_answered_with_cited_passages(client: TestClient) -> None:
    answer = Answer.model_validate(ask(client, PLAIN).json())
    assert answer.kind == "answer"
    assert all(passage.citation.title for passage in answer.passages)
    assert answer.safety


def test_an_answer_is_stored_nowhere_on_the_way(client: TestClient) -> None:
    assert ask(client, PLAIN).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"question": DANGER}),
        json.dumps({"question": DANGER})[:-1],
        f"{{'question': '{DANGER}'}}",
        DANGER,
        json.dumps({"question": [DANGER]}),
        json.dumps({"text": DANGER}),
        json.dumps(DANGER),
        json.dumps({"question": DANGER, "language": 5, "region": [], "history": "x", "limit": {}}),
        json.dumps({"question": DANGER + "。" * 2000}),
        json.dumps({"question": DANGER + "。" * 120_000}),
        json.dumps({"question": "。" * 20_000 + DANGER}, ensure_ascii=False),
    ],
    ids=range(11),
)
def test_an_emergency_is_answered_however_it_is_sent(client: TestClient, body: str) -> None:
    response = client.post(HERE, content=body.encode())
    assert response.status_code == 200
    answer = Answer.model_validate(response.json())
    assert answer.kind == "emergency"
    assert answer.resources
    assert answer.first_aid


@pytest.mark.parametrize("broken", ["without_index", "without_model", "with_corrupt_index"])
def test_an_emergency_is_answered_whatever_is_missing(
    broken: str, request: pytest.FixtureRequest
) -> None:
    response = ask(request.getfixturevalue(broken), DANGER)
    assert response.status_code == 200
    assert response.json()["kind"] == "emergency"
    assert response.json()["resources"]


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ("without_index", "index-unavailable"),
        ("without_model", "model-unavailable"),
        ("with_corrupt_index", "index-corrupt"),
    ],
)
def test_another_question_is_told_what_is_missing(
    broken: str, problem: str, request: pytest.FixtureRequest
) -> None:
    response = ask(request.getfixturevalue(broken), PLAIN)
    assert response.status_code == 503
    assert response.json()["type"].endswith(problem)
    assert response.json()["resources"]
    assert int(response.headers["retry-after"]) > 0


def test_an_emergency_is_answered_beyond_the_limit(serving: Opened) -> None:
    client = serving(rate_limit=1, model="none")
    statuses = [ask(client, PLAIN).status_code for _ in range(2)]
    assert statuses == [503, 429]
    limited = ask(client, PLAIN)
    assert limited.json()["resources"]
    assert 1 <= int(limited.headers["retry-after"]) <= 60
    assert ask(client, DANGER).json()["kind"] == "emergency"


def test_an_emergency_does_not_wait_for_the_model(serving: Opened) -> None:
    client = serving(model="none")
    program = program_of(client)
    program.warm.clear()
    with program.model.lock:
        assert ask(client, DANGER).json()["kind"] == "emergency"


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        (b"", 400, "body-unreadable"),
        (b"{", 400, "body-unreadable"),
        (b"[1, 2]", 400, "body-unreadable"),
        (b"\xff\x00\x80", 400, "body-unreadable"),
        (b"{}", 422, "question-missing"),
        (b'{"question": ""}', 422, "question-missing"),
        (b'{"question": "  "}', 422, "question-missing"),
        (b'{"question": 5}', 422, "question-missing"),
        (b'{"question": "' + b"a" * 1001 + b'"}', 413, "question-too-long"),
        (b'{"question": "' + b"a" * 200_000 + b'"}', 413, "question-too-long"),
    ],
)
def test_a_request_that_asks_nothing_is_refused_with_contacts(
    client: TestClient, body: bytes, status: int, problem: str
) -> None:
    response = client.post(HERE, content=body)
    assert response.status_code == status
    assert response.json()["type"] == f"urn:safepassage:problem:{problem}"
    assert response.json()["resources"]
    assert response.json()["messages"]


def test_a_question_may_have_a_thousand_code_points(client: TestClient) -> None:
    assert ask(client, (PLAIN + "😀" * 1000)[:1000]).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"language": "xx-yy"},
        {"language": 7},
        {"region": "Atlantis"},
        {"region": None},
        {"history": {"a": 1}},
        {"history": [1, None, {"role": "system", "content": []}, {"content": "K粉"}]},
        {"history": ["x"] * 50},
        {"limit": "many"},
        {"limit": 1e300},
        {"limit": True},
        {"log": "no"},
        {"unknown": 1},
    ],
)
def test_a_field_that_is_wrong_falls_back(client: TestClient, fields: dict[str, Any]) -> None:
    assert ask(client, PLAIN, **fields).json()["kind"] == "answer"


@pytest.mark.parametrize(("limit", "most"), [(1, 1), (0, 1), (-3, 1), (5, 5), (50, 5)])
def test_no_more_passages_come_than_were_asked_for(
    client: TestClient, limit: int, most: int
) -> None:
    assert 1 <= len(ask(client, PLAIN, limit=limit).json()["passages"]) <= most


def test_a_follow_up_takes_its_subject_from_the_history(client: TestClient) -> None:
    turns = [{"role": "user", "content": PLAIN}, {"role": "assistant", "content": "……"}]
    assert ask(client, "那药理作用呢？", history=turns).json()["kind"] == "answer"


def test_the_contacts_are_those_of_the_region_that_was_sent(client: TestClient) -> None:
    regions = {each["region"] for each in ask(client, DANGER, region="tw").json()["resources"]}
    assert regions == {"TW"}
