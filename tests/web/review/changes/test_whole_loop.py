"""The whole loop: a wrong answer, a correction, the right answer, and the gain in figures."""

import json
import re

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from bot.review.changes.versions import history
from tests.web.review.changes.steps import ASKED, made
from tests.web.review.visiting import csrf_of, judge, visitor
from web import cli
from web.commands import cases
from web.server.program import Program


def told(program: Program) -> tuple[str, list[str]]:
    """What a visitor gets: the id of the answer, and the passages in their order."""
    answer = visitor(program).post("/api/v1/ask", json={"question": ASKED, "log": True}).json()
    assert program.log.flush()
    return answer["id"], [passage["id"] for passage in answer["passages"]]


def evaluated(program: Program) -> dict[str, int]:
    """The counts of `safepassage eval cases`."""
    command = ["--data", str(program.settings.data), "eval", "cases", "--json"]
    result = CliRunner().invoke(cli.app, command)
    report = json.loads(result.stdout)
    assert result.exit_code == bool(report["missed"])
    return {name: report[name] for name in ("satisfied", "missed", "stale")}


def test_a_correction_reaches_the_next_visitor_and_the_figures(
    program: Program, moderator: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "bot_from", lambda _: program.bot)
    program.warm.set()
    record, passages = told(program)
    ranked = program.bot.search(ASKED, limit=30).passages
    right = next(each.id for each in ranked if each.id not in passages)
    assert judge(moderator, record, "wrong_passage").status_code == 303
    picked = {f"passage-{right}": "on", "record": record}
    made(moderator, "case", question=ASKED, **picked)
    assert evaluated(program) == {"satisfied": 0, "missed": 1, "stale": 0}

    form = moderator.get(f"/review/new/pin?record={record}&passage={right}")
    assert re.search(rf'name="passage-{right}" checked', form.text)
    pin = made(moderator, "pin", question=ASKED, reach="same", **picked)

    assert told(program)[1][0] == right
    assert evaluated(program) == {"satisfied": 1, "missed": 0, "stale": 0}
    page = moderator.get("/review/cases").text
    assert page.index("100%") < page.index(">0%<")
    assert "<svg" in page
    undo = {"csrf": csrf_of(moderator.get("/review/changes")), "version": "1"}
    moderator.post(f"/review/changes/{pin}/state", data={**undo, "state": "withdrawn"})
    assert told(program)[1] == passages
    assert [each.who for each in history(program.records, pin)] == ["moderator", "moderator"]
