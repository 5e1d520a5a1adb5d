"""What the program writes about itself holds nothing that a visitor wrote."""

import json
import logging
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from embeddings.library import Library
from tests.web.conftest import Opened
from web.server.assembly import warn_of_age
from web.server.logging import configure, failure, logger

CANARY = "秘密的问题canary"


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capfd.readouterr().err.splitlines()]


def test_a_failure_is_written_by_type_and_place(capfd: pytest.CaptureFixture[str]) -> None:
    configure()
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        failure("it_failed", error)
    [line] = lines(capfd)
    assert (line["event"], line["error"]) == ("it_failed", "ValueError")
    assert "test_logging.py" in str(line["places"])
    assert CANARY not in str(line)


def test_an_index_older_than_the_rules_of_screening_is_told(
    snapshot_dir: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    configure()
    warn_of_age(Library(snapshot_dir))
    assert lines(capfd) == []
    monkeypatch.setattr("bot.corpus.inspection.version", lambda: "newer")
    warn_of_age(Library(snapshot_dir))
    [line] = lines(capfd)
    assert line["event"] == "screening_outdated" and "safepassage ingest" in str(line["why"])


def test_libraries_write_the_same_way(capfd: pytest.CaptureFixture[str]) -> None:
    configure()
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("library").exception("broken")
    [line] = lines(capfd)
    assert (line["event"], line["error"]) == ("broken", "ValueError")
    assert CANARY not in str(line)


def test_what_is_below_the_level_is_not_written(capfd: pytest.CaptureFixture[str]) -> None:
    configure("warning")
    logger.info("quiet")
    logger.warning("loud")
    assert [line["event"] for line in lines(capfd)] == ["loud"]


def write_through_every_route(client: TestClient) -> None:
    client.get(f"/{CANARY}?q={CANARY}")
    client.get(f"/api/v1/passages/{CANARY}")
    client.post("/api/v1/ask", json={"question": CANARY, "history": [CANARY]})
    client.post("/api/v1/ask", content=CANARY.encode())
    client.post("/api/v1/search", json={"query": CANARY, "limit": CANARY})
    client.post("/api/v1/feedback", json={"answer_id": "x", "verdict": "up", "note": CANARY})
    client.post("/", data={"question": CANARY})


def test_no_line_holds_a_question_or_an_address(
    serving: Opened, capfd: pytest.CaptureFixture[str]
) -> None:
    write_through_every_route(serving(model="none", log_level="debug"))
    written = capfd.readouterr()
    assert '"route": "/api/v1/ask"' in written.err
    for word in (CANARY, "canary", "127.0.0.1", "50000"):
        assert word not in written.err + written.out
