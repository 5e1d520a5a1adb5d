"""What outlives a page, and only where the page asks for it: the storage of a tab."""

from playwright.sync_api import Page, expect

from bot.answer import Message
from tests.browser.conftest import Opening
from tests.browser.steps import answer_with, ask, passage, type_in

SAID = {"messages": (Message(id="m", text="what was said"),), "language": "en"}
STORED = "JSON.stringify(sessionStorage)"


def embedding(page: Page, host: str, own: str, elements: str) -> None:
    """Go to a page of the host that embeds these elements."""
    page.route(
        f"{host}/embedding",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<!doctype html><html lang="en"><title>x</title><link rel="icon" href="data:,">'
            f'<script type="module" src="{own}/widget.js"></script>{elements}',
        ),
    )
    page.goto(f"{host}/embedding")
    page.locator(".compose textarea").first.wait_for()


TAB = '<safe-passage storage="tab" id="one"></safe-passage>'


def test_a_conversation_outlives_the_page_where_the_tab_may_remember(
    opening: Opening, own: str, host: str
) -> None:
    page = opening(f"{host}/?lang=en").page
    embedding(page, host, own, TAB)
    sent = answer_with(page, passages=(passage("quoted"),), **SAID)
    type_in(page, "first").press("Enter")
    assert page.evaluate(STORED) == "{}"
    page.locator(".consent .plain").click()
    page.locator("article.answer").wait_for()
    page.reload()
    expect(page.locator("article.answer blockquote")).to_have_text("quoted")
    expect(page.locator(".question")).to_contain_text("first")
    ask(page, "second", first=False)
    assert [(each["history"], each["log"]) for each in sent] == [([], False), (["first"], False)]


def test_clearing_and_leaving_take_it_out_of_the_tab(opening: Opening, own: str, host: str) -> None:
    page = opening(f"{host}/?lang=en").page
    embedding(page, host, own, TAB)
    answer_with(page, **SAID)
    ask(page, "first")
    assert "first" in page.evaluate(STORED)
    page.get_by_role("button", name="Clear the conversation").click()
    assert page.evaluate(STORED) == "{}"
    ask(page, "second", first=False)
    page.get_by_role("button", name="Leave this page").click()
    page.wait_for_url(f"{host}/neutral")
    assert page.evaluate(STORED) == "{}"


def test_without_the_attribute_a_reload_forgets(opening: Opening, own: str, host: str) -> None:
    page = opening(f"{host}/?lang=en").page
    embedding(page, host, own, "<safe-passage></safe-passage>")
    answer_with(page, **SAID)
    ask(page, "first")
    assert page.evaluate(STORED) == "{}"
    page.reload()
    page.locator(".compose textarea").wait_for()
    assert page.locator("article.answer").count() == 0


def test_two_elements_of_a_page_do_not_share_what_they_remember(
    opening: Opening, own: str, host: str
) -> None:
    page = opening(f"{host}/?lang=en").page
    embedding(page, host, own, TAB + TAB.replace("one", "two"))
    answer_with(page, **SAID)
    page.evaluate("document.querySelector('#two').ask('for the second')")
    page.locator("#two .consent .solid").click()
    page.locator("#two article.answer").wait_for()
    page.reload()
    expect(page.locator("#two article.answer")).to_have_count(1)
    assert page.locator("#one article.answer").count() == 0


def test_what_cannot_be_read_in_the_storage_is_left_alone(
    opening: Opening, own: str, host: str
) -> None:
    page = opening(f"{host}/?lang=en").page
    page.evaluate("sessionStorage.setItem('safe-passage one', '{broken')")
    embedding(page, host, own, TAB)
    assert page.locator("article.answer").count() == 0
