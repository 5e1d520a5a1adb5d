"""The moderators' pages of the real application: who gets in, what is shown, what is saved."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from bot.answering.phrases import review as words
from bot.review.database.tables import Verdict
from bot.review.log.retention import purge
from bot.review.storage import Records
from tests.bot.review.answers import CHOICE, HELPLINE
from tests.web.review.visiting import PASSWORD, T, csrf_of, judge, log_in, logged, visitor
from web.server.program import Program
from web.server.settings import Settings


@pytest.mark.parametrize(
    ("address", "headers", "trusted", "open_"),
    [
        ("127.0.0.1", {}, (), True),
        ("::1", {}, (), True),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, (), False),
        ("127.0.0.1", {"X-Forwarded-Proto": "https"}, (), False),
        ("127.0.0.1", {"X-Forwarded-Proto": "https"}, ("127.0.0.1",), True),
        ("127.0.0.1", {"X-Forwarded-Proto": "http"}, ("127.0.0.1",), False),
        ("10.0.0.7", {"X-Forwarded-Proto": "https"}, ("10.0.0.0/8",), True),
        ("10.0.0.7", {"X-Forwarded-Proto": "https, http"}, ("10.0.0.0/8",), False),
        ("10.0.0.7", {}, ("10.0.0.0/8",), False),
        ("10.0.0.7", {"X-Forwarded-Proto": "https"}, (), False),
        ("203.0.113.9", {"X-Forwarded-Proto": "https"}, ("10.0.0.0/8",), False),
    ],
)
def test_a_proxy_is_believed_only_where_it_is_trusted(
    program: Program, address: str, headers: dict[str, str], trusted: tuple[str, ...], open_: bool
) -> None:
    program.settings = Settings.model_validate(
        {"data": program.settings.data, "trusted_proxies": trusted}
    )
    response = visitor(program, address).get("/review/login", headers=headers)
    assert response.status_code == (200 if open_ else 403)


def test_over_https_the_cookie_is_secure(program: Program) -> None:
    client = visitor(program, "203.0.113.9", "https://site.example")
    cookie = log_in(client, "admin").headers["set-cookie"]
    for word in ("safepassage_review=", "HttpOnly", "Secure", "SameSite=strict", "Path=/review"):
        assert word in cookie
    assert client.get("/review").status_code == 200


def test_a_wrong_name_and_a_wrong_password_look_the_same(program: Program) -> None:
    pages = [log_in(visitor(program), *pair) for pair in (("admin", "x"), ("nobody", PASSWORD))]
    bodies = {re.sub(r'name="csrf" value="[^"]+"', "", page.text) for page in pages}
    assert {page.status_code for page in pages} == {401}
    assert len(bodies) == 1
    assert T["wrong_login"] in bodies.pop()


def test_too_many_tries_have_to_wait(program: Program) -> None:
    client = visitor(program)
    statuses = [log_in(client, "admin", "wrong").status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    assert log_in(client, "admin").status_code == 429


def test_another_page_can_neither_log_in_nor_out_nor_judge(
    program: Program, moderator: TestClient
) -> None:
    record = logged(program).id
    form = {"name": "admin", "password": PASSWORD, "verdict": "right", "csrf": "guessed"}
    for path in ("/review/login", "/review/logout", f"/review/records/{record}/verdict"):
        assert moderator.post(path, data=form).status_code == 403
    assert moderator.get("/review").status_code == 200


def test_who_logs_out_is_out(moderator: TestClient) -> None:
    held = moderator.cookies["safepassage_review"]
    form = {"csrf": csrf_of(moderator.get("/review"))}
    assert moderator.post("/review/logout", data=form).status_code == 303
    moderator.cookies.set("safepassage_review", held, path="/review")
    assert moderator.get("/review").status_code == 303


def test_the_list_begins_with_what_matters(program: Program, moderator: TestClient) -> None:
    logged(program, "普通的问题")
    logged(program, "没有答案的问题", kind="not_found")
    logged(program, "有危险的问题", kind="emergency")
    text = moderator.get("/review").text
    places = [text.index(words) for words in ("有危险的问题", "没有答案的问题", "普通的问题")]
    assert places == sorted(places)
    assert T["number_of_questions"].format(count=3) in text


def test_the_list_can_be_filtered(program: Program, moderator: TestClient) -> None:
    logged(program, "普通的问题")
    logged(program, "没有答案的问题", kind="not_found")
    text = moderator.get("/review?kind=not_found&language=zh-Hans&page=1").text
    assert "没有答案的问题" in text
    assert "普通的问题" not in text


@pytest.mark.parametrize("query", ["kind=x&state=y&page=z&language=w", "page=99999999", "page=-1"])
def test_an_address_that_makes_no_sense_is_answered_all_the_same(
    moderator: TestClient, query: str
) -> None:
    assert moderator.get(f"/review?{query}").status_code == 200


def test_a_record_shows_all_that_the_visitor_saw(program: Program, moderator: TestClient) -> None:
    shown = logged(
        program, "我叫王伟，K粉？", kind="crisis", resources=(HELPLINE,), choices=(CHOICE,)
    )
    text = unescape(re.sub(r"<[^>]+>", "", moderator.get(f"/review/records/{shown.id}").text))
    quoted = [*shown.passages, *(each for block in shown.safety for each in block.passages)]
    seen = [
        *(message.text for message in shown.messages),
        *(resource.phone for resource in shown.resources),
        *(passage.text for passage in quoted),
        *(passage.citation.title for passage in quoted),
        *shown.suggestions,
        CHOICE.label,
        "我叫[name]，K粉？",
        "sign.one",
        "0.700",
    ]
    assert [words for words in seen if words not in text] == []
    assert "王伟" not in text


def test_a_question_cannot_bring_markup_in(program: Program, moderator: TestClient) -> None:
    shown = logged(program, "<script>alert(1)</script><b>K粉</b>")
    for path in ("/review", f"/review/records/{shown.id}"):
        page = moderator.get(path)
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text
        assert "unsafe-inline" not in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"


def test_a_verdict_and_a_note_are_saved(program: Program, moderator: TestClient) -> None:
    record = logged(program).id
    response = judge(moderator, record, "wrong_passage", note="第二段才对")
    assert response.status_code == 303
    assert T["saved"] in moderator.get(response.headers["location"]).text
    assert "第二段才对" in moderator.get(f"/review/records/{record}").text
    assert record not in moderator.get("/review").text
    assert record in moderator.get("/review?state=reviewed").text


def test_a_verdict_given_meanwhile_is_shown_and_not_overwritten(
    program: Program, moderator: TestClient, records: Records
) -> None:
    record = logged(program).id
    other = visitor(program)
    log_in(other, "admin")
    page = other.get(f"/review/records/{record}")
    assert judge(moderator, record, "right").status_code == 303
    form = {"csrf": csrf_of(page), "verdict": "unsafe", "seen": "", "note": "我的备注"}
    late = other.post(f"/review/records/{record}/verdict", data=form)
    assert late.status_code == 409
    assert T["judged_meanwhile"] in late.text
    assert "我的备注" in late.text
    with records.reading() as session:
        assert session.scalars(select(Verdict.verdict)).all() == ["right"]
    assert judge(other, record, "unsafe").status_code == 303


@pytest.mark.parametrize("verdict", ["", "fine", "right; DROP TABLE verdicts"])
def test_a_verdict_that_does_not_exist_is_asked_for_again(
    program: Program, moderator: TestClient, verdict: str
) -> None:
    response = judge(moderator, logged(program).id, verdict, note="还在")
    assert response.status_code == 422
    assert "还在" in response.text


def test_a_form_that_is_far_too_long_is_refused(program: Program, moderator: TestClient) -> None:
    assert judge(moderator, logged(program).id, "right", note="长" * 50_000).status_code == 413


def test_what_never_was_and_what_is_gone_are_told_apart(
    program: Program, moderator: TestClient
) -> None:
    record = logged(program).id
    judge(moderator, record, "right", note="备注")
    purge(program.records, program.log.clock(), everything=True)
    gone = moderator.get(f"/review/records/{record}")
    assert (gone.status_code, moderator.get("/review/records/nothing").status_code) == (410, 404)
    assert T["record_gone"] in gone.text
    assert T["verdict_right"] in gone.text
    assert "备注" not in gone.text


def test_a_viewer_is_offered_no_form(program: Program) -> None:
    client = visitor(program)
    log_in(client, "viewer")
    text = client.get(f"/review/records/{logged(program).id}").text
    assert 'name="verdict"' not in text
    assert T["not_yours"] in text


def test_without_the_database_a_page_says_so(program: Program) -> None:
    client = visitor(program)
    program.records = Records("postgresql://nobody@127.0.0.1:1/none")
    form = {"name": "a", "password": "b", "csrf": csrf_of(client.get("/review/login"))}
    response = client.post("/review/login", data=form)
    assert response.status_code == 503
    assert T["unavailable"] in response.text


@pytest.mark.parametrize(
    ("tag", "title"), [("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("fr", "en")]
)
def test_the_pages_speak_the_browsers_language_or_english(
    moderator: TestClient, tag: str, title: str
) -> None:
    page = moderator.get("/review", headers={"Accept-Language": f"{tag},de;q=0.8"})
    assert f'<html lang="{title}">' in page.text
    assert words(title)["queue"] in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/review/login",
        "/review",
        "/review/records/{record}",
        "/review/account",
        "/review/progress",
        "/review/keys",
        "/review/bulk",
    ],
)
def test_every_field_has_a_label_and_every_page_one_heading(
    program: Program, moderator: TestClient, path: str
) -> None:
    client = visitor(program) if path.endswith("login") else moderator
    text = client.get(path.format(record=logged(program).id)).text
    assert len(re.findall("<h1", text)) == 1
    assert "built-in method" not in text
    for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", text):
        if not re.search('type="(hidden|radio|checkbox)"', tag):
            named = re.search(r'id="([^"]+)"', tag)
            assert named is not None, tag
            assert f'for="{named[1]}"' in text
    assert not re.search("<script(?![^>]+nonce=)", text)
    assert " style=" not in text
