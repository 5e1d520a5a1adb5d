"""What a moderator does on the pages about changes, as steps that tests share."""

import re
from html import unescape

from fastapi.testclient import TestClient

from bot.pipeline import Question
from tests.web.review.visiting import Page, csrf_of, log_in, visitor
from web.server.program import Program

__all__ = ["ASKED", "asked", "made", "send", "someone", "text_of", "turn"]

ASKED = "艾司氯胺酮的不良反应有哪些？"


def someone(program: Program, name: str) -> TestClient:
    client = visitor(program)
    assert log_in(client, name).status_code == 303
    return client


def asked(program: Program, question: str = ASKED) -> list[str]:
    return [passage.id for passage in program.bot.ask(Question(question)).passages]


def send(client: TestClient, kind_: str, step: str = "apply", /, **fields: str) -> Page:
    csrf = csrf_of(client.get("/review/changes"))
    form = {"csrf": csrf, "step": step, **fields}
    return client.post(f"/review/new/{kind_}", data=form)


def made(client: TestClient, kind_: str, /, **fields: str) -> str:
    """Make a change; its id."""
    response = send(client, kind_, "apply", **fields)
    assert response.status_code == 303, text_of(response)
    found = re.fullmatch(r"/review/changes/(\w+)\?said=saved", response.headers["location"])
    assert found
    return found[1]


def turn(client: TestClient, name: str, state: str, version: int = 1) -> Page:
    form = {"csrf": csrf_of(client.get("/review/changes")), "state": state}
    return client.post(f"/review/changes/{name}/state", data={**form, "version": str(version)})


def text_of(page: Page) -> str:
    return unescape(re.sub(r"<[^>]+>", "", page.text))
