"""Originals of what is withheld: for those who judge, on demand, and never unnoticed."""

import html
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from bot.corpus.inspection import Hidden, audit
from bot.review.database.tables import Audit
from tests.web.review.changes.steps import someone
from tests.web.review.visiting import T, csrf_of
from web.server.program import Program


@pytest.fixture
def hidden(program: Program) -> Hidden:
    """A passage of the seeds of which something is hidden, in one line."""
    found = audit(program.bot.ready().snapshot)
    return next(each for each in found if len(each.text) < 400)


def views(program: Program) -> int:
    with program.records.reading() as session:
        seen = select(func.count()).where(Audit.action == "withheld originals seen")
        return session.scalar(seen) or 0


def shown(client: TestClient, document: str) -> str:
    form = {"csrf": csrf_of(client.get("/review/keys")), "document": document}
    page = client.post("/review/withheld/originals", data=form)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    return html.unescape(page.text)


def test_the_list_counts_by_document_and_shows_no_original(
    program: Program, moderator: TestClient, hidden: Hidden
) -> None:
    page = moderator.get("/review/withheld")
    assert page.status_code == 200
    assert hidden.document in html.unescape(page.text)
    assert hidden.text not in html.unescape(page.text)
    assert views(program) == 0


def test_each_view_of_an_original_is_a_line_of_the_audit_log(
    program: Program, moderator: TestClient, hidden: Hidden
) -> None:
    before = views(program)
    page = shown(moderator, hidden.document)
    assert hidden.text in page
    assert all(f">{reason}<" in page for reason in hidden.reasons)
    assert T["source_unchanged"] in page
    assert views(program) == before + 1
    with program.records.reading() as session:
        last = session.scalars(select(Audit).order_by(Audit.id.desc())).first()
    assert last is not None
    assert (last.account, last.subject) == ("moderator", hidden.document[:64])


def test_a_file_that_is_gone_is_said(
    program: Program, moderator: TestClient, hidden: Hidden, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = program.bot.ready().snapshot.manifest["origin"]
    monkeypatch.setitem(origin, hidden.document, str(Path("/nowhere/at/all.md")))
    assert html.unescape(T["source_gone"]) in shown(moderator, hidden.document)


def test_a_viewer_and_a_stranger_see_none_and_leave_no_line(
    program: Program, hidden: Hidden
) -> None:
    before = views(program)
    viewer = someone(program, "viewer")
    form = {"csrf": csrf_of(viewer.get("/review/keys")), "document": hidden.document}
    refused = viewer.post("/review/withheld/originals", data=form)
    assert refused.status_code == viewer.get("/review/withheld").status_code == 403
    assert hidden.text not in html.unescape(refused.text)
    assert views(program) == before


def test_a_document_that_is_not_there_is_not_found(program: Program, moderator: TestClient) -> None:
    form = {"csrf": csrf_of(moderator.get("/review/keys")), "document": "no/such.md"}
    before = views(program)
    assert moderator.post("/review/withheld/originals", data=form).status_code == 404
    assert views(program) == before
