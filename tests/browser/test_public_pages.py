"""The visitors' pages beside the chat: axe, small screens, keyboards, leaving at once."""

from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, SMALLEST, Opening, Watched
from tests.browser.test_accessibility import AXE, violations

PLACES = ("/topics", "/topics?topic=dependence", "/sources", "/nothing")
QUESTIONS = (
    "艾司氯胺酮的不良反应有哪些？",
    "我朋友吸了K粉之后叫不醒，嘴唇发紫",
    "氯胺酮一次吸多少毫克",
    "麦司卡林对肝脏有什么影响",
    "氯胺酮" * 400,
)
HEADINGS = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"


def document(page: Page, own: str) -> str:
    """The address of the first document, in English."""
    page.goto(f"{own}/sources?lang=en")
    return f"{own}{page.locator('.documents a').first.get_attribute('href')}"


def refused_on_purpose(watched: Watched) -> None:
    """Forget what the browser says about the pages that these tests ask for in vain."""
    watched.complaints[:] = [one for one in watched.complaints if "status of 4" not in one]


def asked(page: Page, own: str, question: str) -> None:
    """Put a question into the form that stands in the page where no script runs."""
    page.goto(f"{own}/sources?lang=zh")
    page.evaluate(
        """question => {
          const form = document.createElement("form");
          Object.assign(form, { method: "post", action: "/" });
          for (const [name, value] of Object.entries({ question, language: "zh", log: "no" })) {
            form.append(Object.assign(document.createElement("input"), { name, value }));
          }
          document.body.append(form);
          form.submit();
        }""",
        question,
    )
    page.locator("form.question").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(opening: Opening, own: str, scheme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install --prefix tests/browser axe-core")
    watched = opening(f"{own}/topics?lang=zh", color_scheme=scheme, bypass_csp=True)
    page, found = watched.page, list[str]()
    viewer = document(page, own)
    for address in (*(f"{own}{place}" for place in PLACES), viewer):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.add_script_tag(path=AXE)
        found += [f"{address} {each}" for each in violations(page)]
    for question in QUESTIONS:
        asked(page, own, question)
        page.add_script_tag(path=AXE)
        found += [f"{question} {each}" for each in violations(page)]
    assert found == []
    refused_on_purpose(watched)


def test_nothing_is_cut_off_on_the_smallest_screen(opening: Opening, own: str) -> None:
    watched = opening(f"{own}/topics?lang=en", viewport=SMALLEST)
    page = watched.page
    viewer = document(page, own)
    for address in (*(f"{own}{place}" for place in PLACES), viewer):
        for language in ("en", "zh-Hant"):
            page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
            assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]
    asked(page, own, QUESTIONS[0])
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]
    refused_on_purpose(watched)


def test_headings_begin_with_one_and_go_down_one_at_a_time(opening: Opening, own: str) -> None:
    page = opening(f"{own}/topics?lang=en").page
    for address in (f"{own}/topics", f"{own}/sources", document(page, own)):
        page.goto(address)
        levels = page.evaluate(HEADINGS)
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_first_key_leads_past_the_header_and_the_second_out(opening: Opening, own: str) -> None:
    page = opening(f"{own}/topics?lang=en", viewport=DESKTOP).page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.goto(f"{own}/topics?lang=en")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Leave this page")).to_be_focused()


def test_the_button_leaves_and_the_page_is_gone_from_the_history(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/sources?lang=en").page
    before = page.evaluate("history.length")
    page.goto(f"{own}/topics?lang=en")
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("**/neutral")
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    assert urlsplit(page.url).path == "/sources"


def test_shift_three_times_leaves_and_shift_for_typing_does_not(opening: Opening, own: str) -> None:
    page = opening(f"{own}/topics?lang=en", viewport=DESKTOP).page
    for _ in range(4):
        page.keyboard.press("Shift+A")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(page.locator("#leave")).to_have_attribute("data-presses", "2")
    assert page.url.endswith("/topics?lang=en")
    page.keyboard.press("Shift")
    page.wait_for_url("**/neutral")


def test_without_scripts_the_way_out_is_a_link(opening: Opening, own: str) -> None:
    page = opening(f"{own}/topics?lang=en", java_script_enabled=False).page
    page.get_by_role("link", name="Leave this page").click()
    assert page.url.endswith("/neutral")


def test_browsing_needs_no_script_and_leads_to_an_answer(opening: Opening, own: str) -> None:
    page = opening(f"{own}/topics?lang=en", java_script_enabled=False).page
    page.locator("summary", has_text="ketamine").first.click()
    page.get_by_role("button", name="Can ketamine be addictive?").first.click()
    expect(page.locator("blockquote").first).to_be_visible()
    assert page.url == f"{own}/"


def test_a_folded_quotation_opens_without_scripts_and_safety_is_never_folded(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=zh", java_script_enabled=False).page
    page.get_by_label("你的问题").fill("氯胺酮会上瘾吗？")
    page.get_by_role("button", name="不要保留").click()
    rest = page.locator(".rest").first
    expect(rest).to_be_hidden()
    page.locator(".unfold summary").first.click()
    expect(rest).to_be_visible()
    assert page.locator(".safety .unfold").count() == 0


def test_the_passage_quoted_is_marked_below_the_bar(opening: Opening, own: str) -> None:
    page = opening(f"{own}/sources?lang=zh", java_script_enabled=False, viewport=DESKTOP).page
    page.locator(".documents a").first.click()
    anchor = page.locator(".passage").last.get_attribute("id")
    page.goto(f"{page.url}#{anchor}")
    expect(page.locator(f"#{anchor} .here")).to_be_visible()
    bar, box = (page.locator(each).bounding_box() for each in ("body > .bar", f"#{anchor}"))
    assert bar and box and box["y"] >= bar["y"] + bar["height"]
    assert page.locator(".here:visible").count() == 1


def test_forced_colours_keep_edges_and_motion_stops_where_asked(opening: Opening, own: str) -> None:
    page = opening(f"{own}/topics?lang=en", forced_colors="active").page
    width = page.locator(".offers .plain").first.evaluate("e => getComputedStyle(e).borderTopWidth")
    assert width == "1px"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_no_page_asks_anything_of_another_site_or_keeps_anything(
    opening: Opening, own: str
) -> None:
    watched = opening(f"{own}/topics?lang=en")
    page = watched.page
    page.goto(document(page, own))
    asked(page, own, QUESTIONS[0])
    origins = {"{0.scheme}://{0.netloc}".format(urlsplit(each.url)) for each in watched.requests}
    assert origins == {own}
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    refused_on_purpose(watched)
