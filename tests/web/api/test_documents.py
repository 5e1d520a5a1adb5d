"""What can be read of the snapshot, and how a client finds out that it has changed."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from web.server.conditional import matches


def documents(client: TestClient, limit: int) -> Iterator[dict[str, object]]:
    """Every document, page by page."""
    cursor: str | None = None
    while True:
        wanted = {"limit": str(limit)} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/v1/documents", params=wanted).json()
        yield from page["documents"]
        cursor = page["next_cursor"]
        if cursor is None:
            return


def test_the_pages_of_the_list_hold_every_document_once(client: TestClient) -> None:
    one_by_one = [each["id"] for each in documents(client, 1)]
    assert one_by_one == [each["id"] for each in documents(client, 200)]
    assert len(set(one_by_one)) == len(one_by_one) == 3


def test_a_document_and_its_passages_agree(client: TestClient) -> None:
    for each in documents(client, 200):
        document = client.get(f"/api/v1/documents/{quote(str(each['id']))}").json()
        passages = [passage for part in document["sections"] for passage in part["passages"]]
        assert len(passages) == each["passages"]
        first = client.get(f"/api/v1/passages/{passages[0]['id']}").json()
        assert first["text"] == passages[0]["text"]


def test_what_an_earlier_snapshot_had_is_gone(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = client.app.state.program.catalogue  # type: ignore[attr-defined]
    monkeypatch.setattr(type(reader), "gone", lambda _, name: name == "earlier")
    assert client.get("/api/v1/passages/earlier").status_code == 410
    assert client.get("/api/v1/documents/earlier").json()["type"].endswith("gone")
    assert client.get("/api/v1/passages/never").status_code == 404


@pytest.mark.parametrize("path", ["documents", "resources", "topics", "status"])
def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(f"/api/v1/{path}")
    assert first.status_code == 200
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"/api/v1/{path}", headers={"If-None-Match": 'W/"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("sent", "same"),
    [
        (None, False),
        ('"a"', True),
        ('W/"a"', True),
        ('"b", W/"a"', True),
        ("*", True),
        ("a", False),
    ],
)
def test_a_tag_matches_by_weak_comparison(sent: str | None, same: bool) -> None:
    assert matches(sent, 'W/"a"') is same


def test_contacts_are_those_of_the_region(client: TestClient) -> None:
    rows = client.get("/api/v1/resources", params={"region": "tw", "language": "en"}).json()
    assert {row["region"] for row in rows} == {"TW"}


def test_contacts_are_there_without_an_index(without_index: TestClient) -> None:
    assert without_index.get("/api/v1/resources").json()


def test_every_topic_is_answered(client: TestClient) -> None:
    topics = client.get("/api/v1/topics", params={"language": "en"}).json()
    assert topics
    for topic in topics[:5]:
        answer = client.post("/api/v1/ask", json={"question": topic["question"]}).json()
        assert answer["kind"] == "answer"


def test_the_status_tells_snapshot_and_counts(client: TestClient) -> None:
    status = client.get("/api/v1/status").json()
    assert status["documents"] == 3
    assert status["snapshot"]
    assert status["trouble"] is None


def test_the_status_names_no_path_where_something_is_wrong(without_index: TestClient) -> None:
    status = without_index.get("/api/v1/status")
    assert status.json()["trouble"] == "urn:safepassage:problem:index-unavailable"
    assert "/" not in status.json()["trouble"]
