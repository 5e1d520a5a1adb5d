"""What is kept of a question is what site and visitor said."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import DANGER, Opened, program_of

CANARY = "请问艾司氯胺酮的副作用canary"


def kept(client: TestClient, data: Path) -> str:
    """Every byte that the program has written into its data directory, as text."""
    assert program_of(client).log.flush()
    files = [path for path in data.rglob("*") if path.is_file()]
    return "".join(path.read_bytes().decode("utf-8", "ignore") for path in files)


@pytest.mark.parametrize(
    ("settings", "log", "is_kept"),
    [
        ({}, None, True),
        ({}, True, True),
        ({}, False, False),
        ({}, "no", False),
        ({"consent": True}, None, False),
        ({"consent": True}, True, True),
        ({"log": "counts"}, True, False),
        ({"log": "off"}, True, False),
    ],
)
def test_a_question_is_kept_only_where_both_agree(
    serving: Opened, tmp_path: Path, settings: dict[str, object], log: object, is_kept: bool
) -> None:
    client = serving(data=tmp_path, model="none", **settings)
    sent = {"question": DANGER + "canary", "log": log}
    assert client.post("/api/v1/ask", json=sent).status_code == 200
    assert ("canary" in kept(client, tmp_path)) is is_kept


def test_the_history_is_never_kept(serving: Opened, tmp_path: Path) -> None:
    client = serving(data=tmp_path, model="none")
    sent = {"question": DANGER, "history": ["canary K粉"]}
    assert client.post("/api/v1/ask", json=sent).status_code == 200
    everything = kept(client, tmp_path)
    assert "K粉" in everything
    assert "canary" not in everything


def test_no_address_is_kept(serving: Opened, tmp_path: Path) -> None:
    client = serving(data=tmp_path, model="none")
    headers = {"User-Agent": "canary", "X-Forwarded-For": "203.0.113.77"}
    client.post("/api/v1/ask", json={"question": DANGER}, headers=headers)
    everything = kept(client, tmp_path)
    assert "203.0.113.77" not in everything
    assert "canary" not in everything


@pytest.mark.parametrize("answer_id", [None, "never-logged"])
def test_a_verdict_is_taken_for_any_answer(serving: Opened, answer_id: str | None) -> None:
    client = serving(model="none")
    if answer_id is None:
        answer_id = client.post("/api/v1/ask", json={"question": DANGER}).json()["id"]
    body = {"answer_id": answer_id, "verdict": "down", "reasons": ["incorrect"], "note": "x"}
    assert client.post("/api/v1/feedback", json=body).status_code == 202


@pytest.mark.parametrize(
    "body",
    [
        {"answer_id": "x"},
        {"answer_id": "x", "verdict": "sideways"},
        {"answer_id": "", "verdict": "up"},
        {"answer_id": "x", "verdict": "up", "reasons": ["made up"]},
        {"answer_id": "x", "verdict": "up", "note": "a" * 501},
    ],
)
def test_a_verdict_that_is_none_is_refused(client: TestClient, body: dict[str, object]) -> None:
    response = client.post("/api/v1/feedback", json=body)
    assert response.status_code == 422
    assert response.json()["type"].endswith("invalid-request")


def test_an_emergency_is_answered_where_nothing_can_be_kept(
    serving: Opened, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no directory")
    client = serving(model="none", database_url=f"sqlite:///{tmp_path}/file/records.sqlite")
    assert client.post("/api/v1/ask", json={"question": DANGER}).json()["kind"] == "emergency"
