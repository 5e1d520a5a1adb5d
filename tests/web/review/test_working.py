"""A moderator's tools: filters, many judged at once, undoing, a second factor, the audit log."""

import re
from datetime import UTC, datetime

import pyotp
import pytest
from fastapi.testclient import TestClient

from bot.review.queue.filters import Filter
from bot.review.queue.pages import page as queued
from bot.review.viewing import View, view
from tests.bot.review.answers import answer, trace
from tests.web.review.visiting import T, csrf_of, judge, log_in, logged, visitor
from web.server.program import Program


@pytest.fixture(autouse=True)
def no_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """No record is drawn at random."""
    monkeypatch.setattr("bot.review.queue.urgency.SAMPLE", 10**9)


def post(client: TestClient, path: str, **fields: str) -> str:
    """Send a form; where it leads."""
    form = {"csrf": csrf_of(client.get("/review/keys")), **fields}
    response = client.post(path, data=form)
    assert response.status_code == 303, response.text
    return str(response.headers["location"])


def test_words_searched_for_are_in_no_address(program: Program, moderator: TestClient) -> None:
    logged(program, "笑气会伤神经吗")
    logged(program, "氯胺酮会上瘾吗")
    place = post(moderator, "/review/filter", text="笑氣", state="new")
    assert re.fullmatch(r"/review\?f=\d+", place)
    page = moderator.get(place)
    assert "笑气会伤神经吗" in page.text
    assert "氯胺酮会上瘾吗" not in page.text
    assert "%E7%AC%91" not in page.text
    assert "氯胺酮会上瘾吗" in moderator.get("/review?text=笑氣").text


def test_a_filter_is_kept_for_its_account_alone(program: Program, moderator: TestClient) -> None:
    place = post(moderator, "/review/filter", kind="not_found", name="Nothing found")
    assert "Nothing found" in moderator.get("/review").text
    other = visitor(program)
    log_in(other, "admin")
    assert "Nothing found" not in other.get("/review").text
    assert "Nothing found" not in other.get(place).text
    number = place.partition("f=")[2]
    post(other, f"/review/filter/{number}/forget")
    assert "Nothing found" in moderator.get("/review").text
    post(moderator, f"/review/filter/{number}/forget")
    assert "Nothing found" not in moderator.get("/review").text


def test_after_a_verdict_the_next_question_opens_and_can_be_undone(
    program: Program, moderator: TestClient
) -> None:
    first, second = logged(program, "一", kind="crisis").id, logged(program, "二").id
    place = str(judge(moderator, first, "false_alarm", second="on").headers["location"])
    assert place.startswith(f"/review/records/{second}?")
    assert f"last={first}" in place
    assert T["undo"] in moderator.get(place).text
    found = view(program.records, first)
    assert isinstance(found, View)
    assert found.state == "second"
    post(moderator, f"/review/records/{first}/undo")
    assert queued(program.records, Filter()).total == 2
    assert queued(program.records, Filter()).items[1].claimed_by == "moderator"


def test_the_right_passage_is_chosen_among_those_considered(
    program: Program, moderator: TestClient
) -> None:
    record = logged(program).id
    judge(moderator, record, "wrong_passage", passage="p9 seeds/003.txt")
    text = moderator.get(f"/review/records/{record}").text
    assert "seeds/003.txt <code>p9</code>" in text


def test_a_search_that_cannot_be_made_says_so(program: Program, moderator: TestClient) -> None:
    record = logged(program).id
    form = {"csrf": csrf_of(moderator.get("/review/keys")), "q": "副作用", "note": "还在"}
    response = moderator.post(f"/review/records/{record}/passages", data=form)
    assert response.status_code == 200
    assert T["index_unavailable_here"] in response.text
    assert 'value="副作用"' in response.text


def test_one_verdict_for_all_of_a_filter_and_back(program: Program, moderator: TestClient) -> None:
    for number in range(3):
        logged(program, f"问题{number}", kind="not_found")
    logged(program, "危险", kind="emergency")
    page = moderator.get("/review/bulk?kind=not_found")
    boxes = re.findall(r'name="(row-\w+)"', page.text)
    assert len(boxes) == 3
    ticked = dict.fromkeys(boxes[:2], "on")
    place = post(moderator, "/review/bulk?kind=not_found", verdict="missing_source", **ticked)
    said = moderator.get(place).text
    assert T["bulk_saved"].format(count=2) in said
    assert queued(program.records, Filter()).total == 2
    action = re.search(r'action="(/review/bulk/\w+/undo[^"]*)"', said)
    assert action is not None
    post(moderator, action[1].replace("&amp;", "&"))
    assert queued(program.records, Filter()).total == 4


def test_a_bulk_verdict_needs_a_verdict(program: Program, moderator: TestClient) -> None:
    logged(program, "问题", kind="not_found")
    form = {"csrf": csrf_of(moderator.get("/review/keys"))}
    response = moderator.post("/review/bulk", data=form)
    assert response.status_code == 422
    assert T["choose_verdict"] in response.text


def test_the_live_list_tells_when_it_has_changed(program: Program, moderator: TestClient) -> None:
    logged(program, "一")
    before = moderator.get("/review/live").json()
    assert before == moderator.get("/review/live").json()
    assert f'data-version="{before["version"]}"' in moderator.get("/review").text
    logged(program, "二")
    after = moderator.get("/review/live").json()
    assert after["total"] == 2
    assert after["version"] != before["version"]


def test_a_second_factor_is_set_up_asked_for_and_removed(
    program: Program, moderator: TestClient
) -> None:
    page = moderator.get("/review/account")
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page.text)
    assert secret is not None
    assert "<svg" in page.text
    app = pyotp.TOTP(secret[1].replace(" ", ""))
    form = {"csrf": csrf_of(page), "code": app.now()}
    codes = re.findall(
        r"<li><code>([a-z2-7-]{19})</code>",
        moderator.post("/review/account/second-factor", data=form).text,
    )
    assert len(codes) == 10
    other = visitor(program)
    assert log_in(other, "moderator").headers["location"] == "/review/login/code"
    assert other.get("/review").headers["location"] == "/review/login"
    assert other.post("/review/login/code", data={"code": "000000"}).status_code == 401
    response = other.post("/review/login/code", data={"code": codes[0]})
    assert response.headers["location"] == "/review"
    assert other.get("/review").status_code == 200
    assert "9" in re.sub(r"<[^>]+>", "", other.get("/review/account").text)
    post(other, "/review/account/second-factor/remove", code=codes[1])
    assert log_in(visitor(program), "moderator").headers["location"] == "/review"


def test_an_admin_reads_who_did_what(program: Program, moderator: TestClient) -> None:
    judge(moderator, logged(program).id, "right")
    admin = visitor(program)
    log_in(admin, "admin")
    text = admin.get("/review/audit").text
    assert "logged in" in text
    assert "verdict" in text
    assert datetime.now(UTC).strftime("%Y-%m-%d") in text
    assert "logged in" not in admin.get("/review/audit?account=somebody").text


def test_a_conversation_is_shown_only_where_the_owner_asked_for_it(
    program: Program, moderator: TestClient
) -> None:
    record = logged(program).id
    assert T["same_conversation"] not in moderator.get(f"/review/records/{record}").text
    program.log.conversations = True
    shown = [answer(), answer()]
    for question, each in zip(("甲", "乙"), shown, strict=True):
        program.log.record(question, each, trace(), conversation="tab")
    assert program.log.flush()
    page = moderator.get(f"/review/records/{shown[0].id}")
    link = re.search(r'href="(/review\?state=all&amp;conversation=\w+)"', page.text)
    assert link is not None
    found = moderator.get(link[1].replace("&amp;", "&")).text
    assert "甲" in found
    assert "乙" in found
    assert record not in found
