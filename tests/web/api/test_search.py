"""POST /search: passages, and first of all a notice where there is danger."""

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import DANGER, PLAIN

HERE = "/api/v1/search"


def test_passages_come_best_first_and_no_more_than_asked_for(client: TestClient) -> None:
    found = client.post(HERE, json={"query": PLAIN, "limit": 7}).json()
    scores = [passage["score"]["fused"] for passage in found["passages"]]
    assert 1 <= len(scores) <= 7
    assert scores == sorted(scores, reverse=True)
    assert found["notice"] is None


def test_only_the_source_that_was_asked_for_is_searched(client: TestClient) -> None:
    document = client.get("/api/v1/documents").json()["documents"][0]["id"]
    found = client.post(HERE, json={"query": PLAIN, "source": document}).json()
    assert {each["citation"]["document"] for each in found["passages"]} <= {document}


def test_danger_is_noticed_before_the_passages(client: TestClient) -> None:
    notice = client.post(HERE, json={"query": DANGER}).json()["notice"]
    assert notice["kind"] == "emergency"
    assert notice["resources"]


@pytest.mark.parametrize("body", [{"query": [DANGER]}, {"query": DANGER, "limit": "x"}, DANGER])
def test_danger_is_noticed_where_the_request_is_wrong(client: TestClient, body: object) -> None:
    response = client.post(HERE, json=body)
    assert response.status_code == 200
    assert response.json()["notice"]["resources"]


@pytest.mark.parametrize("broken", ["without_index", "without_model", "with_corrupt_index"])
def test_danger_is_noticed_whatever_is_missing(broken: str, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(broken)
    assert client.post(HERE, json={"query": DANGER}).json()["notice"]["resources"]
    plain = client.post(HERE, json={"query": PLAIN})
    assert plain.status_code == 503
    assert plain.json()["resources"]
