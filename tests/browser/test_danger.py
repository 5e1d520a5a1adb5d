"""Danger in what is typed: help at once, before the server, without it, and never twice."""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from bot.answer import Resource
from tests.browser.conftest import Opening
from tests.browser.steps import answer_with, ask, consent, type_in

EMERGENCY = {"zh": "他叫不醒了", "zh-Hant": "他沒有呼吸", "en": "she's not breathing"}
CRISIS = {"zh": "我不想活了", "zh-Hant": "我想自殺", "en": "I want to die"}
HARMLESS = ("艾司氯胺酮的不良反应有哪些？", "氯胺酮成瘾吗", "How long does ketamine last?")

AT_ONCE = """(field, text) => {
  field.value = text;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  return field.getRootNode().querySelector(".help a.call")?.getAttribute("href");
}"""
"""The first contact that stands there in the same instant, before anything could be fetched."""


def typed(page: Page, text: str) -> str | None:
    found: str | None = page.locator(".compose textarea").evaluate(AT_ONCE, text)
    return found


@pytest.mark.parametrize("language", EMERGENCY)
def test_signs_of_an_emergency_bring_contacts_and_first_aid_while_they_are_typed(
    opening: Opening, own: str, language: str
) -> None:
    watched = opening(f"{own}/?lang={language}")
    page = watched.page
    page.locator(".topics li").first.wait_for()
    before = len(watched.requests)
    assert str(typed(page, EMERGENCY[language])).startswith("tel:")
    expect(page.locator(".help .call.urgent").first).to_be_in_viewport()
    assert page.locator(".help .card li").count() > 2
    page.wait_for_timeout(200)
    assert len(watched.requests) == before


@pytest.mark.parametrize("language", CRISIS)
def test_signs_of_despair_bring_those_who_listen_and_no_first_aid(
    opening: Opening, own: str, language: str
) -> None:
    page = opening(f"{own}/?lang={language}").page
    assert typed(page, CRISIS[language])
    help_ = page.locator(".help")
    expect(help_).to_have_attribute("data-kind", "crisis")
    expect(help_.locator(".card")).to_have_count(0)
    expect(help_.locator("ul").first.locator(".call").first).not_to_have_class("call urgent")


def test_words_of_danger_are_seen_whatever_the_language_of_the_page(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=en").page
    assert typed(page, EMERGENCY["zh-Hant"])
    assert typed(page, "ＫＭＳ  tonight")


def test_an_ordinary_question_raises_no_alarm(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    assert [typed(page, text) for text in HARMLESS] == [None, None, None]


def test_help_leaves_the_focus_alone_is_announced_and_shown_once(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=en").page
    field = page.locator(".compose textarea")
    field.press_sequentially("not breathing")
    expect(field).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("ways to get help")
    first = page.locator(".help").element_handle()
    field.press_sequentially(" and unconscious")
    assert page.locator(".help").count() == 1
    assert page.evaluate("one => one.isConnected", first)


def test_the_answer_of_the_server_takes_the_place_of_the_help_of_the_script(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=zh").page
    call = Resource(region="CN", kind="emergency", name="急救", phone="120", source="x")
    answer_with(page, kind="emergency", resources=(call,))
    answer = ask(page, "他叫不醒了", first=False)
    expect(answer.locator("a.call")).to_be_in_viewport()
    expect(page.locator(".help")).to_have_count(0)


def test_help_stays_where_the_server_sees_no_danger(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    answer_with(page)
    ask(page, "他昏迷了", first=False)
    expect(page.locator(".help a.call").first).to_be_attached()


def test_offline_the_question_is_kept_and_help_is_at_hand(opening: Opening, own: str) -> None:
    watched = opening(f"{own}/?lang=en")
    page = watched.page
    page.locator(".topics li").first.wait_for()
    page.context.set_offline(True)
    type_in(page, "my friend is not breathing").press("Enter")
    problem = page.get_by_role("alert")
    expect(problem.get_by_text("You seem to be offline")).to_be_visible()
    expect(page.locator(".compose textarea")).to_have_value("my friend is not breathing")
    expect(problem.locator("a.call").first).to_be_attached()
    page.context.set_offline(False)
    problem.get_by_role("button", name="Try again").click()
    expect(page.locator("article.answer")).to_have_attribute("data-kind", "emergency")
    watched.complaints[:] = [each for each in watched.complaints if "ERR_INTERNET" not in each]


def test_help_is_a_button_away_before_any_question_and_takes_the_focus(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=en").page
    page.locator(".tools .alarm").click()
    expect(page.locator(".help")).to_be_focused()
    expect(page.locator(".help .call.urgent").first).to_be_in_viewport()


def test_the_contacts_are_those_of_the_region_of_the_element(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en").page
    page.locator("safe-passage").evaluate("one => one.setAttribute('region', 'gb')")
    assert typed(page, "not breathing")
    assert page.locator(".help a.call").first.get_attribute("href") == "tel:999"
    assert page.locator(".help h4").count() == 0


def test_a_wrong_number_can_be_reported_from_an_answer(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en").page
    answer = ask(page, "my friend is not breathing", first=False)
    contact = answer.locator(".contact").first
    phone = str(contact.locator("a.call").get_attribute("href")).removeprefix("tel:")
    with page.expect_response("**/api/v1/feedback") as replied:
        contact.get_by_role("button", name="This number is wrong").click()
    body = json.loads(replied.value.request.post_data or "")
    assert replied.value.status == 202
    assert body["reasons"] == ["number_wrong"]
    assert body["contact"].replace(" ", "").replace("-", "") == phone
    expect(contact.get_by_text("Thank you")).to_be_visible()


def test_a_wrong_number_of_the_script_can_be_reported_too(opening: Opening, own: str) -> None:
    watched = opening(f"{own}/?lang=en")
    page = watched.page
    assert typed(page, "not breathing")
    page.route("**/api/v1/feedback", lambda route: route.abort())
    page.get_by_role("button", name="This number is wrong").first.click()
    expect(page.get_by_text("could not be sent").first).to_be_visible()
    page.unroute("**/api/v1/feedback")
    with page.expect_response("**/api/v1/feedback") as replied:
        page.get_by_role("button", name="This number is wrong").first.click()
    assert replied.value.status == 202
    assert urlsplit(replied.value.url).query == ""
    watched.complaints[:] = [each for each in watched.complaints if "ERR_FAILED" not in each]


def test_danger_typed_while_consent_is_asked_for_waits_no_longer(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=en").page
    sent = answer_with(page)
    type_in(page, "one").press("Enter")
    page.locator(".consent").wait_for()
    type_in(page, "he is not breathing").press("Enter")
    page.locator("article.answer").wait_for()
    expect(page.locator(".consent")).to_have_count(0)
    assert [each["log"] for each in sent] == [False]
    type_in(page, "two").press("Enter")
    consent(page)
    expect(page.locator("article.answer")).to_have_count(2)
    assert sent[1]["log"] is True
