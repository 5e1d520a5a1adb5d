"""Who gets in where: asked of the router itself, so that no new route can be forgotten."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from starlette.routing import BaseRoute

from bot.review.accounts import accounts
from bot.review.database.tables import ROLES, Base, Role
from tests.web.review.visiting import T, accounted, csrf_of, log_in, logged, visitor
from web.app import create_app
from web.review.moderators import ReviewRoute, admin_of, here_of, judge_of, reader_of
from web.server.program import Program
from web.server.settings import Settings

OPEN = {
    ("GET", "/review/login"),
    ("POST", "/review/login"),
    ("GET", "/review/login/code"),
    ("POST", "/review/login/code"),
}
"""What nobody has to be logged in for."""

LEVELS: dict[Any, Role] = {here_of: "viewer", reader_of: "viewer", judge_of: "moderator"}
LEVELS[admin_of] = "admin"

OF_EVERYBODY = re.compile(r"/review/(logout|filter|account)\b|/passages$")
"""What a viewer may post: at what is their own, and a search."""


def routes_of(router: APIRouter | FastAPI) -> Iterator[BaseRoute]:
    """Every route below, however deep."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from routes_of(inner)


def review_routes() -> list[tuple[str, str, APIRoute]]:
    app = create_app(Settings(data=Path("/nonexistent/safepassage")))
    app.state.program.log.close()
    return [
        (method, route.path, route)
        for route in routes_of(app)
        if isinstance(route, APIRoute) and route.path.startswith("/review")
        for method in sorted(route.methods or ())
    ]


ROUTES = review_routes()
NAMES = [f"{method} {path}" for method, path, _ in ROUTES]


def level(route: APIRoute) -> Role | None:
    """The least role that a route's own dependencies let in; None where they let in nobody's."""
    calls, waiting = set(), [route.dependant]
    while waiting:
        found = waiting.pop()
        calls.add(found.call)
        waiting += found.dependencies
    named = [LEVELS[call] for call in calls if call in LEVELS]
    return max(named, key=ROLES.index) if named else None


def test_there_are_routes_to_ask_about() -> None:
    assert len(ROUTES) > 15


@pytest.mark.parametrize(("method", "path", "route"), ROUTES, ids=NAMES)
def test_every_route_is_behind_the_check_and_says_whom_it_is_for(
    method: str, path: str, route: APIRoute
) -> None:
    assert isinstance(route, ReviewRoute)
    assert (level(route) is None) == ((method, path) in OPEN)
    if method not in ("GET", "HEAD") and (method, path) not in OPEN:
        assert level(route) != "viewer" or OF_EVERYBODY.search(path)


def filled(path: str, record: str) -> str:
    """A path with something in its places."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: record if m[1] == "record" else "1", path)


def stamp(program: Program) -> list[tuple[str, int]]:
    """How many rows each table has, but for those of logging in."""
    own = {"login_sessions", "login_tries", "audit", "accounts"}
    tables = [table for table in Base.metadata.sorted_tables if table.name not in own]
    with program.records.reading() as session:
        return [
            (table.name, session.scalar(select(func.count()).select_from(table)) or 0)
            for table in tables
        ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """One program for all these tests, with one account of each role and passwords in clear."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "HASHER", cheap)
        with accounted(tmp_path_factory.mktemp("access")) as made:
            yield made


def someone(site: Program, role: str) -> tuple[TestClient, dict[str, str]]:
    """Somebody of a role, or nobody, with the form that their page would send."""
    client, form = visitor(site), {"verdict": "right"}
    if role != "nobody":
        log_in(client, role)
        form["csrf"] = csrf_of(client.get("/review/keys"))
    return client, form


@pytest.mark.parametrize("role", ["nobody", *ROLES])
@pytest.mark.parametrize(("method", "path", "route"), ROUTES, ids=NAMES)
def test_each_role_may_do_what_it_may_and_nothing_else(
    site: Program, method: str, path: str, route: APIRoute, role: str
) -> None:
    record = logged(site).id
    client, form = someone(site, role)
    before = stamp(site)
    response = client.request(method, filled(path, record), data=form)
    least = level(route)
    if least is None:
        assert response.status_code in (200, 303, 403)
    elif role == "nobody":
        assert (response.status_code, response.headers["location"]) == (303, "/review/login")
        assert stamp(site) == before
    elif ROLES.index(role) < ROLES.index(least):
        assert response.status_code == 403
        assert stamp(site) == before
    else:
        assert response.status_code != 403 or T["not_yours"] not in response.text
        assert response.status_code != 500


@pytest.mark.parametrize(("method", "path", "route"), ROUTES, ids=NAMES)
def test_nothing_is_served_over_plain_http_from_elsewhere(
    site: Program, method: str, path: str, route: APIRoute
) -> None:
    client = visitor(site, "203.0.113.9", "http://site.example")
    response = client.request(method, filled(path, "x"), data={"name": "moderator"})
    assert response.status_code == 403
    assert T["insecure"].split(",")[0] in response.text
    assert "set-cookie" not in response.headers


POSTS = [(path, route) for method, path, route in ROUTES if method == "POST"]


@pytest.mark.parametrize(("path", "route"), POSTS, ids=[path for path, _ in POSTS])
@pytest.mark.parametrize("token", ["", "guessed"])
def test_a_form_of_another_page_changes_nothing(
    site: Program, path: str, route: APIRoute, token: str
) -> None:
    record = logged(site).id
    client, _ = someone(site, "admin")
    before = stamp(site)
    form = {"csrf": token, "verdict": "right", "name": "admin", "code": "1"}
    response = client.post(filled(path, record), data=form)
    assert response.status_code in (403, 303)
    if response.status_code == 303:
        assert response.headers["location"] == "/review/login"
    assert stamp(site) == before
    assert client.get("/review/keys").status_code == 200


def test_a_site_that_asks_for_a_second_factor_shows_nothing_without_one(program: Program) -> None:
    program.settings = Settings(data=program.settings.data, second_factor=True)
    record = logged(program).id
    client = visitor(program)
    log_in(client, "admin")
    asked = 0
    for method, path, route in ROUTES:
        if here_of in {each.call for each in route.dependant.dependencies} or not level(route):
            continue
        form = {"csrf": csrf_of(client.get("/review/account"))}
        response = client.request(method, filled(path, record), data=form)
        assert (response.status_code, response.headers["location"]) == (303, "/review/account")
        asked += 1
    assert asked > 8
