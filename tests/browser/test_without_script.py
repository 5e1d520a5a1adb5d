"""The chat page in a browser that runs no scripts."""

from playwright.sync_api import expect

from tests.browser.conftest import SMALLEST, Opening

ZH = "艾司氯胺酮的不良反应有哪些？"
DANGER = "我朋友吸了K粉之后叫不醒，嘴唇发紫"


def test_a_question_is_answered_by_the_form(opening: Opening, own: str) -> None:
    watched = opening(f"{own}/?lang=zh", java_script_enabled=False)
    page = watched.page
    page.get_by_label("你的问题").fill(ZH)
    page.get_by_role("button", name="不要保留").click()
    quotation = page.locator(".quote").first
    expect(quotation.locator("blockquote")).to_be_visible()
    expect(quotation.locator(".citation")).not_to_be_empty()
    assert page.url == f"{own}/"
    quotation.get_by_role("link", name="到来源里看").click()
    expect(page.locator(".passage:target")).to_be_in_viewport()


def test_contacts_come_first_in_an_emergency(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh", java_script_enabled=False).page
    page.get_by_label("你的问题").fill(DANGER)
    page.get_by_role("button", name="不要保留").click()
    expect(page.locator('a[href="tel:120"]').first).to_be_in_viewport()


def test_the_form_fits_the_smallest_screen(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en", java_script_enabled=False, viewport=SMALLEST).page
    box = page.locator("main").bounding_box()
    assert box and box["width"] <= SMALLEST["width"]
    expect(page.get_by_role("link", name="Leave this page")).to_be_in_viewport()
