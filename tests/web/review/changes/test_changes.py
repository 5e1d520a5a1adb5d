"""Moderators change what is answered: seen before it is saved, in force at once, taken back."""

import json
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import Question
from bot.review.changes.versions import history
from bot.review.database.tables import Audit
from tests.web.review.changes.steps import ASKED, asked, made, send, someone, text_of, turn
from tests.web.review.visiting import T, csrf_of, visitor
from web.server.program import Program


def test_a_pin_is_found_by_searching_shown_and_saved_and_taken_back(
    program: Program, moderator: TestClient
) -> None:
    third = asked(program)[2]
    form = {"question": ASKED, "reach": "near", "q": ASKED}
    found = send(moderator, "pin", "search", **form)
    assert f'name="passage-{third}"' in found.text
    seen = send(moderator, "pin", "preview", **form, **{f"passage-{third}": "on"})
    assert T["effect_number"].format(count=1) in seen.text
    assert asked(program)[0] != third
    name = made(moderator, "pin", **form, **{f"passage-{third}": "on"})
    assert asked(program)[0] == third
    assert T["saved"] in moderator.get(f"/review/changes/{name}?said=saved").text
    assert turn(moderator, name, "withdrawn").status_code == 303
    assert asked(program)[0] != third
    assert turn(moderator, name, "active", 2).status_code == 303
    assert asked(program)[0] == third


def test_near_questions_are_shown_with_their_likeness_before_saving(
    program: Program, moderator: TestClient
) -> None:
    for question in ("艾司氯胺酮有哪些不良反应", "可卡因会上瘾吗？"):
        program.log.record(question, *program.bot.consider(Question(question)))
    assert program.log.flush()
    form = {"question": ASKED, "reach": "near", f"passage-{asked(program)[2]}": "on"}
    seen = text_of(send(moderator, "pin", "preview", **form))
    reached = re.search(r"艾司氯胺酮有哪些不良反应\s*(0\.\d\d|1\.00)\s*(.+)", seen)
    assert reached
    assert reached[2] == T["near_reached"]
    assert re.search(rf"可卡因会上瘾吗？\s*-?0\.\d\d\s*{T['near_not_reached']}", seen)
    assert T["effect_number"].format(count=2) in seen


def test_a_blocked_passage_is_gone_from_answer_search_and_sources(
    program: Program, moderator: TestClient
) -> None:
    first = asked(program)[0]
    visitor_ = visitor(program)
    document = program.bot.ready().snapshot.by_id[first].document
    tag = visitor_.get(f"/api/v1/documents/{document}").headers["etag"]
    made(moderator, "block", **{f"passage-{first}": "on"})
    assert first not in asked(program)
    assert visitor_.get(f"/api/v1/passages/{first}").status_code == 410
    found = visitor_.post("/api/v1/search", json={"query": ASKED, "limit": 50}).json()
    assert first not in {each["id"] for each in found["passages"]}
    response = visitor_.get(f"/api/v1/documents/{document}", headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert first not in response.text
    assert first not in visitor_.get(f"/sources/{document}").text


def test_a_name_can_be_given_another_meaning(program: Program, moderator: TestClient) -> None:
    question = Question("月光粉会上瘾吗？")
    made(moderator, "alias", name="月光粉", substances="Ketamine, 可卡因")
    assert program.bot.ask(question).kind == "clarify"
    refused = send(moderator, "alias", name="月光粉", substances="unobtainium")
    assert refused.status_code == 422
    assert T["substance_unknown"] in refused.text


def test_a_case_joins_the_set_and_its_result_is_shown(
    program: Program, moderator: TestClient
) -> None:
    third = asked(program)[2]
    made(moderator, "case", question=ASKED, **{f"passage-{third}": "on"})
    made(moderator, "case", question="hello", answer="off_topic")
    nothing = send(moderator, "case", question="hello")
    assert (nothing.status_code, T["case_needs_right"] in text_of(nothing)) == (422, True)
    csrf = {"csrf": csrf_of(moderator.get("/review/cases"))}
    assert moderator.post("/review/cases/run", data=csrf).status_code == 303
    page = moderator.get("/review/cases")
    assert "50%" in page.text
    assert "<svg" in page.text
    lines = moderator.post("/review/cases/export", data=csrf).text.splitlines()
    assert [json.loads(line)["question"] for line in lines] == [ASKED, "hello"]
    taken = moderator.post(
        "/review/cases/import",
        data={
            **csrf,
            "lines": "\n".join([*lines, "{}", '{"question": "new", "answer": "answer"}']),
        },
    )
    assert T["cases_added"].format(count=1) in taken.text
    assert "3: ValidationError" in text_of(taken)


def test_personal_data_is_taken_out_of_what_stays(program: Program, moderator: TestClient) -> None:
    name = made(moderator, "case", question="我的电话13812345678，K粉？", answer="answer")
    assert "13812345678" not in str(history(program.records, name))


def test_who_looked_at_an_older_version_is_told(program: Program, moderator: TestClient) -> None:
    name = made(moderator, "block", **{f"passage-{asked(program)[0]}": "on"})
    turn(moderator, name, "withdrawn")
    late = turn(moderator, name, "withdrawn")
    assert late.status_code == 409
    assert T["changed_meanwhile"] in text_of(late)


@pytest.mark.parametrize("query", ["", "?kind=block&state=active", "?kind=x&state=y"])
def test_the_list_shows_what_there_is(program: Program, moderator: TestClient, query: str) -> None:
    name = made(moderator, "block", **{f"passage-{asked(program)[0]}": "on"}, remark="because")
    assert f"/review/changes/{name}" in moderator.get(f"/review/changes{query}").text
    shown = moderator.get(f"/review/changes/{name}?preview=1")
    assert "because" in shown.text
    assert T["effect"] in shown.text


def test_every_form_opens_from_a_record(program: Program, admin: TestClient) -> None:
    answer, trace = program.bot.consider(Question(ASKED))
    program.log.record(ASKED, answer, trace)
    assert program.log.flush()
    record = admin.get(f"/review/records/{answer.id}")
    links = [unescape(each) for each in re.findall(r'href="(/review/new/[^"]+)"', record.text)]
    assert {each.split("?")[0].rpartition("/")[2] for each in links} == {
        "pin", "block", "case", "alias",
    }  # fmt: skip
    for link in (*links, "/review/new/phrase", "/review/new/contact"):
        page = admin.get(link)
        assert page.status_code == 200
        assert len(re.findall("<h1", page.text)) == 1
        for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", page.text):
            if 'type="hidden"' not in tag and 'type="checkbox"' not in tag:
                named = re.search(r'id="([^"]+)"', tag)
                assert named is not None, tag
                assert f'for="{named[1]}"' in page.text
        assert " style=" not in page.text
    assert admin.get("/review/new/nothing").status_code == 404


def test_what_is_exported_is_noted(program: Program, moderator: TestClient) -> None:
    csrf = {"csrf": csrf_of(moderator.get("/review/cases"))}
    response = moderator.post("/review/export", data={**csrf, "format": "csv", "kind": "answer"})
    assert response.headers["content-disposition"] == 'attachment; filename="records.csv"'
    assert response.text.startswith("\ufeffid,hour,")
    with program.records.reading() as session:
        last = session.query(Audit).order_by(Audit.id.desc()).first()
    assert last is not None
    assert (last.account, last.action, last.detail) == (
        "moderator",
        "records exported",
        "format=csv kind=answer",
    )


@pytest.mark.parametrize("path", ["gaps", "charts?days=7", "charts?days=x", "cases", "export"])
def test_the_pages_open(moderator: TestClient, path: str) -> None:
    page = moderator.get(f"/review/{path}")
    assert page.status_code == 200
    assert len(re.findall("<h1", page.text)) == 1


def test_a_viewer_sees_changes_and_is_offered_none(program: Program, moderator: TestClient) -> None:
    name = made(moderator, "block", **{f"passage-{asked(program)[0]}": "on"})
    viewer = someone(program, "viewer")
    for path in ("changes", f"changes/{name}", "cases", "gaps", "charts"):
        page = viewer.get(f"/review/{path}")
        assert page.status_code == 200
        assert "/review/new/" not in page.text
        assert '/state"' not in page.text
    assert viewer.get("/review/export").status_code == 403
    assert viewer.get("/review/new/pin").status_code == 403
