"""Sentences and contacts: an admin proposes, a second person consents, nobody loses help."""

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import Question
from bot.review.changes.versions import history
from tests.web.review.changes.steps import made, send, someone, text_of, turn
from tests.web.review.visiting import T, visitor
from web.server.program import Program


def test_a_sentence_needs_an_admin_a_source_and_a_second_person(
    program: Program, moderator: TestClient, admin: TestClient
) -> None:
    form = {"sentence": "greeting|en", "text": "Good that you are here.", "source": "Our team"}
    assert send(moderator, "phrase", **form).status_code == 403
    assert send(admin, "phrase", **{**form, "source": " "}).status_code == 422
    assert send(admin, "phrase", **{**form, "text": "Take 50 mg."}).status_code == 422
    assert send(admin, "phrase", **{**form, "text": "Hi {name}."}).status_code == 422
    name = made(admin, "phrase", **form)
    assert said(program) != form["text"]
    assert turn(admin, name, "active").status_code == 409
    assert T["needs_second_person"] in admin.get(f"/review/changes/{name}").text
    assert turn(moderator, name, "active").status_code == 303
    assert said(program) == form["text"]
    assert turn(moderator, name, "withdrawn", 2).status_code == 403
    assert turn(admin, name, "withdrawn", 2).status_code == 303
    assert said(program) != form["text"]
    assert [each.who for each in history(program.records, name)] == ["admin", "moderator", "admin"]


def said(program: Program) -> str:
    return program.bot.ask(Question("hello", language="en")).messages[0].text


CONTACT = {
    "region": "CN",
    "kind": "crisis",
    "phone": "010-82951332",
    "reach": "call",
    "name-zh-Hans": "热线",
    "name-zh-Hant": "熱線",
    "name-en": "A line",
    "source": "rang it",
}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"phone": "12"}, "contact_phone"),
        ({"phone": "010-8295133"}, "contact_phone"),
        ({"phone": "call me"}, "contact_phone"),
        ({"phone": ""}, "contact_phone"),
        ({"kind": "emergency", "phone": "12356"}, "contact_phone"),
        ({"name-en": ""}, "contact_incomplete"),
        ({"region": "China"}, "change_incomplete"),
        ({"source": ""}, "change_needs_source"),
        ({"replaces": "CN|emergency|120|call", "remove": "on"}, "contact_last"),
        ({"replaces": "CN|emergency|120|call"}, "contact_last"),
        ({"replaces": "CN|crisis|1|call", "remove": "on"}, "contact_unknown"),
    ],
)
def test_a_contact_that_would_fail_somebody_is_refused(
    admin: TestClient, changed: dict[str, str], reason: str
) -> None:
    response = send(admin, "contact", **{**CONTACT, **changed})
    assert response.status_code == 422
    assert T[reason] in text_of(response)


def test_a_contact_is_corrected_with_a_second_persons_consent(
    program: Program, admin: TestClient
) -> None:
    form = {**CONTACT, "replaces": "CN|crisis|010-82951332|call", "phone": "010-82951331"}
    seen = send(admin, "contact", "preview", **form)
    assert seen.status_code == 200
    name = made(admin, "contact", **form)
    client = visitor(program)
    before = client.get("/api/v1/resources?region=CN").text
    assert "82951331" not in before
    assert turn(someone(program, "second"), name, "active").status_code == 303
    after = client.get("/api/v1/resources?region=CN").json()
    assert [each["phone"] for each in after if each["kind"] == "crisis"] == [
        "12356",
        "010-82951331",
    ]
    assert after[0]["kind"] == "emergency"
    answer = program.bot.ask(Question("我不想活了", region="CN"))
    assert "010-82951331" in {each.phone for each in answer.resources}
