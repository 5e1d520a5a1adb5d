"""Somebody at the moderators' pages: logging in, looking, judging."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.answer import Answer
from bot.answering.phrases import review as words
from bot.review.accounts import accounts
from bot.review.database.tables import ROLES
from tests.bot.review.answers import answer, trace
from web.app import create_app
from web.server.program import Program
from web.server.settings import Settings

__all__ = ["PASSWORD", "Page", "T", "accounted", "csrf_of", "judge", "log_in", "logged", "visitor"]


class Page(Protocol):
    """A response, whichever client library it comes from."""

    status_code: int

    @property
    def text(self) -> str: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


PASSWORD = "correct horse battery staple"
T = words("en")


def visitor(
    program: Program, address: str = "127.0.0.1", base: str = "http://localhost"
) -> TestClient:
    """Somebody at `address` who has not logged in."""
    headers = {"Accept-Language": "en"}
    return TestClient(
        app_of(program),
        base_url=base,
        client=(address, 50000),
        headers=headers,
        follow_redirects=False,
    )


MADE: list[FastAPI] = []
"""The latest application: making one takes longer than most tests."""


def app_of(program: Program) -> FastAPI:
    """An application around `program`, made anew where its settings have changed."""
    if not MADE or MADE[0].state.settings != program.settings:
        MADE[:] = [create_app(program.settings)]
        MADE[0].state.program.log.close()
    app = MADE[0]
    if app.state.program is not program:
        app.state.program = program
        vars(app.state)["_state"].pop("sessions", None)
    return app


@contextmanager
def accounted(data: Path) -> Iterator[Program]:
    """The program of a site in `data` with one account of each role."""
    app = create_app(Settings(data=data, region="CN"))
    made: Program = app.state.program
    MADE[:] = [app]
    made.records.migrate()
    for role in ROLES:
        accounts.add(made.records, role, PASSWORD, role)
    yield made
    made.log.close()
    made.records.close()


def csrf_of(page: Page) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert found is not None
    return found[1]


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> Page:
    form = {"name": name, "password": password, "csrf": csrf_of(client.get("/review/login"))}
    return client.post("/review/login", data=form)


def logged(program: Program, question: str = "氯胺酮有什么副作用？", **fields: object) -> Answer:
    """An answer in the records."""
    shown = answer(**fields)  # type: ignore[arg-type]
    program.log.record(question, shown, trace())
    assert program.log.flush()
    return shown


def judge(client: TestClient, record: str, verdict: str, **fields: str) -> Page:
    page = client.get(f"/review/records/{record}")
    seen = re.search(r'name="seen" value="(\d*)"', page.text)
    assert seen is not None
    form = {"csrf": csrf_of(page), "verdict": verdict, "seen": seen[1], **fields}
    return client.post(f"/review/records/{record}/verdict", data=form)
