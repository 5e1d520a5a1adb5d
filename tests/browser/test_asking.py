"""Three questions through the element on somebody else's page, and what comes back."""

import json

from playwright.sync_api import expect

from tests.browser.conftest import Opening
from tests.browser.steps import answer_with, ask, last_answer, launch, passage, type_in

ZH = "艾司氯胺酮的不良反应有哪些？"
EN = "How does ketamine work?"
DANGER = "我朋友吸了K粉之后叫不醒，嘴唇发紫"


def test_a_question_in_chinese_brings_chinese_quotations_with_citations(
    opening: Opening, host: str, own: str
) -> None:
    page = opening(f"{host}/?lang=zh").page
    launch(page)
    answer = ask(page, ZH)
    quotation = answer.locator(".passage").first
    expect(quotation.locator("blockquote")).to_have_attribute("lang", "zh-Hans")
    assert len(quotation.locator("blockquote").inner_text()) > 20
    assert quotation.locator(".citation .title").inner_text()
    view = quotation.get_by_role("link", name="到来源里看").get_attribute("href")
    assert view and view.startswith(f"{own}/sources/") and "#" in view
    assert answer.locator(".safety h4").count() >= 2


def test_a_question_in_english_brings_an_english_answer(opening: Opening, host: str) -> None:
    page = opening(f"{host}/?lang=en").page
    launch(page)
    answer = ask(page, EN)
    expect(answer).to_have_attribute("lang", "en")
    expect(answer.locator("blockquote").first).to_have_attribute("lang", "en")
    assert answer.locator(".passage .citation .title").first.inner_text()


def test_contacts_come_first_in_an_emergency_and_wait_for_no_consent(
    opening: Opening, host: str
) -> None:
    page = opening(f"{host}/?lang=zh").page
    launch(page)
    answer = ask(page, DANGER, first=False)
    expect(page.locator(".consent")).to_have_count(0)
    expect(answer).to_have_attribute("data-kind", "emergency")
    first = answer.locator(":scope > *").first
    call = first.locator("a.call").first
    assert str(call.get_attribute("href")).startswith("tel:")
    expect(call).to_be_in_viewport()
    assert answer.locator(".card li").count() > 2


def test_the_source_opens_at_the_passage_that_was_quoted(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    quotation = ask(page, ZH).locator(".passage").first
    words = quotation.locator("blockquote").evaluate("quote => quote.textContent")
    address = quotation.get_by_role("link", name="到来源里看").get_attribute("href")
    viewer = opening(str(address)).page
    target = viewer.locator(".passage:target")
    assert words in target.evaluate("passage => passage.textContent")
    expect(target).to_be_in_viewport()


def test_a_follow_up_sends_what_was_asked_before_and_nothing_that_was_answered(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=zh").page
    sent = answer_with(page, passages=(passage("引文"),))
    ask(page, "第一问")
    ask(page, "第二问", first=False)
    assert [each["history"] for each in sent] == [[], ["第一问"]]
    assert sent[0]["language"] == "zh-Hans"


def test_a_suggestion_is_asked_at_one_tap(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    sent = answer_with(page, suggestions=("氯胺酮会让人依赖吗？",))
    answer = ask(page, "问")
    answer.get_by_role("button", name="氯胺酮会让人依赖吗？").click()
    expect(page.locator("article.answer")).to_have_count(2)
    assert sent[1]["question"] == "氯胺酮会让人依赖吗？"


def test_without_a_server_the_question_is_kept_and_help_is_at_hand(
    opening: Opening, own: str
) -> None:
    watched = opening(f"{own}/?lang=zh")
    page = watched.page
    page.route("**/api/v1/ask", lambda route: route.abort())
    type_in(page, ZH).press("Enter")
    page.locator(".consent .solid").click()
    problem = page.get_by_role("alert")
    expect(problem.get_by_text("连不上服务器")).to_be_visible()
    expect(page.locator(".compose textarea")).to_have_value(ZH)
    expect(problem.locator('a[href="tel:120"]')).to_be_visible()
    assert problem.locator(".card li").count() > 2
    page.unroute("**/api/v1/ask")
    problem.get_by_role("button", name="再试一次").click()
    last_answer(page).locator(".passage").first.wait_for()
    expect(page.locator(".problem")).to_be_empty()
    watched.complaints[:] = [each for each in watched.complaints if "ERR_FAILED" not in each]


def test_whom_to_call_stands_beside_the_question_about_keeping(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    type_in(page, ZH).press("Enter")
    call = page.locator(".consent a.urgent")
    expect(call).to_be_visible()
    expect(call).to_have_attribute("href", "tel:120")


def test_what_the_server_says_about_a_problem_is_shown(opening: Opening, own: str) -> None:
    watched = opening(f"{own}/?lang=zh")
    page = watched.page
    type_in(page, "很" * 1001).press("Enter")
    page.locator(".consent .solid").click()
    expect(page.get_by_role("alert").get_by_text("太长")).to_be_visible()
    expect(page.locator(".compose textarea")).to_have_value("很" * 1001)
    watched.complaints[:] = [each for each in watched.complaints if "413" not in each]


def test_a_verdict_goes_to_the_server_and_is_thanked_for(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en").page
    answer = ask(page, EN)
    answer.get_by_role("button", name="Not helpful").click()
    answer.get_by_label("Not what I asked").check()
    answer.get_by_label("Anything to add?").fill("more on sleep")
    with page.expect_response("**/api/v1/feedback") as replied:
        answer.get_by_role("button", name="Send").click()
    assert replied.value.status == 202
    body = json.loads(replied.value.request.post_data or "")
    assert body["verdict"] == "down"
    assert body["reasons"] == ["not_what_i_asked"]
    expect(answer.locator(".thanks")).to_be_focused()


def test_the_element_can_be_driven_from_the_host_page(opening: Opening, host: str) -> None:
    page = opening(f"{host}/?lang=en").page
    page.evaluate("""() => {
      window.heard = [];
      for (const name of ["open", "close", "answer", "reset"])
        addEventListener("safepassage-" + name, (event) => heard.push([name, event.detail]));
    }""")
    page.evaluate("document.querySelector('safe-passage').ask('Can esketamine be addictive?')")
    page.locator(".consent .plain").click()
    last_answer(page).wait_for()
    page.evaluate("document.querySelector('safe-passage').reset()")
    expect(page.locator("article.answer")).to_have_count(0)
    page.evaluate("document.querySelector('safe-passage').close()")
    heard = page.evaluate("heard")
    assert [name for name, _ in heard] == ["open", "answer", "reset", "close"]
    assert set(heard[1][1]) == {"id", "kind"}
    assert len(page.evaluate("document.querySelector('safe-passage').getVersion()")) == 16
