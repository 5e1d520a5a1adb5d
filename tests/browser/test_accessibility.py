"""Keyboard, screen readers, small screens, and what axe finds."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import JSHandle, Page, expect

from bot.answer import Choice, FirstAid, Message, Resource, SafetyBlock
from tests.browser.conftest import DESKTOP, PHONE, SMALLEST, Opening
from tests.browser.steps import answer_with, ask, passage, type_in

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
CALL = Resource(region="CN", kind="emergency", name="急救", phone="120", source="x")
LONG = passage("字" * 300 + "▢")
FULL: dict[str, Any] = {
    "messages": (Message(id="m", text="一句话"),),
    "resources": (CALL, CALL.model_copy(update={"region": "HK", "kind": "crisis"})),
    "first_aid": (FirstAid(id="f", text="叫不醒\n打电话\n侧卧", source="世界卫生组织"),),
    "choices": (Choice(label="甲", question="甲？"),),
    "passages": (LONG, passage("English words", number=2, id="p2", language="en")),
    "safety": (SafetyBlock(topic="dissociation", numbers=(1,)),),
    "suggestions": ("还可以问的",),
}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
TARGETS = """root => [...root.querySelectorAll("button, a[href], select, textarea, summary")]
  .filter(one => one.offsetParent && !one.closest(".head p"))
  .map(one => [one.className || one.textContent, one.getBoundingClientRect()])
  .filter(([name, box]) => !/number/.test(name) && (box.height < 44 || box.width < 44))
  .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""


def root(page: Page) -> JSHandle:
    return page.locator("safe-passage").evaluate_handle("one => one.shadowRoot")


@pytest.mark.parametrize("kind", ["answer", "emergency"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opening: Opening, own: str, kind: str, scheme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install --prefix tests/browser axe-core")
    page = opening(f"{own}/?lang=zh", color_scheme=scheme, bypass_csp=True).page
    answer_with(page, kind=kind, **FULL)
    page.add_script_tag(path=AXE)
    empty = violations(page)
    type_in(page, "问").press("Enter")
    consenting = violations(page)
    page.locator(".consent .solid").click()
    page.locator("article.answer").wait_for()
    page.get_by_role("button", name="没有帮助").click()
    answered = violations(page)
    page.locator(".compose textarea").press_sequentially("他昏迷了")
    page.locator(".help").wait_for()
    helped = violations(page)
    page.route("**/api/v1/ask", lambda route: route.fulfill(status=200, body="no JSON"))
    type_in(page, "再问").press("Enter")
    page.locator(".problem a.call").first.wait_for()
    assert [empty, consenting, answered, helped, violations(page)] == [[]] * 5


def violations(page: Page) -> list[str]:
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", list(RULES))
    return [
        f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]
    ]


def overflowing(page: Page) -> list[str]:
    """What is wider than the place that it has."""
    found: list[str] = root(page).evaluate("""root => {
      const wide = [...root.querySelectorAll(".panel, .head, .scroller, .foot, .card, .contact")]
        .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.className);
      const page = document.documentElement;
      return page.scrollWidth > page.clientWidth ? [...wide, "page"] : wide;
    }""")
    return found


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en"])
def test_nothing_is_cut_off_on_the_smallest_screen(
    opening: Opening, own: str, language: str
) -> None:
    page = opening(f"{own}/?lang={language}", viewport=SMALLEST).page
    answer_with(page, **FULL)
    ask(page, "what" * 40)
    assert overflowing(page) == []


def test_nothing_is_cut_off_at_twice_the_size(opening: Opening, host: str) -> None:
    """A window of 1,280 by 800 has 640 by 400 pixels at 200%; the text alone may be larger, too."""
    page = opening(f"{host}/?lang=en", viewport={"width": 640, "height": 400}).page
    answer_with(page, **FULL)
    page.locator(".launcher").click()
    ask(page, "one")
    assert overflowing(page) == []
    assert page.locator(".scroller").bounding_box()["height"] > 120  # type: ignore[index]
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.locator("safe-passage").evaluate("one => one.style.setProperty('--sp-font-size', '32px')")
    assert overflowing(page) == []


def test_every_target_is_large_enough_for_a_thumb(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en", viewport=PHONE).page
    answer_with(page, **FULL)
    ask(page, "one").get_by_role("button", name="没有帮助").click()
    assert root(page).evaluate(TARGETS) == []


def test_the_log_is_a_log_and_the_status_is_apart(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en").page
    answer_with(page, **FULL | {"language": "en"})
    ask(page, "one")
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-label", "Questions and answers")
    assert log.get_by_role("status").count() == 0
    expect(page.get_by_role("status")).to_have_text("New answer. Quotations: 2.")
    expect(log.locator("article.answer > .rest")).to_have_attribute("aria-live", "off")


def test_a_screen_reader_meets_help_before_everything_else_in_danger(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=zh").page
    answer_with(page, kind="emergency", **FULL)
    answer = ask(page, "问")
    order = answer.evaluate("""answer => [...answer.querySelectorAll(
      "a.call, .messages, .card, .passage, .safety, .offers, .feedback")]
      .map(one => one.className.split(" ")[0])""")
    assert order[:3] == ["call", "call", "messages"]
    assert order.index("card") < order.index("passage") < order.index("feedback")


def test_a_screen_reader_meets_everything_in_the_order_of_need(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    answer_with(page, kind="emergency", **FULL)
    ask(page, "问")
    read = page.locator("safe-passage").aria_snapshot()
    order = [
        'heading "安渡"',
        "不是真人",
        'button "离开此页',
        'combobox "语言"',
        'log "提问与回答"',
        "你问",
        'article "回答"',
        'heading "可以找谁帮忙"',
        'link "拨打 120 急救"',
        "一句话",
        'heading "叫不醒"',
        "侧卧",
        'heading "资料里怎么说"',
        "引文 1",
        "blockquote",
        'heading "安全提示"',
        'button "还可以问的"',
        'button "有帮助"',
        'textbox "你的问题"',
        'button "提问"',
    ]
    places = [read.find(each) for each in order]
    assert dict(zip(order, places, strict=True)) == dict(zip(order, sorted(places), strict=True))
    assert min(places) >= 0


def test_progress_shows_after_a_moment_and_is_announced(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en").page
    page.route("**/api/v1/ask", lambda route: None)
    type_in(page, "one").press("Enter")
    page.locator(".consent .solid").click()
    assert page.locator(".working").count() == 0
    expect(page.locator(".working")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Searching the documents…")


def test_opening_and_closing_by_keyboard_returns_the_focus(opening: Opening, host: str) -> None:
    page = opening(f"{host}/?lang=en", viewport=DESKTOP).page
    page.locator(".launcher").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".compose textarea")).to_be_focused()
    page.keyboard.press("F6")
    expect(page.locator(".scroller")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".launcher")).to_be_focused()


def test_a_whole_visit_works_with_the_keyboard_alone(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en", viewport=DESKTOP).page
    sent = answer_with(page, **FULL)
    page.locator(".compose textarea").focus()
    page.keyboard.type("one")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("article.answer").wait_for()
    page.get_by_role("button", name="还可以问的").focus()
    page.keyboard.press("Enter")
    expect(page.locator("article.answer")).to_have_count(2)
    assert [each["question"] for each in sent] == ["one", "还可以问的"]


def test_motion_stops_where_people_ask_for_it(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en", reduced_motion="reduce").page
    answer_with(page, **FULL)
    assert ask(page, "one").evaluate("one => getComputedStyle(one).animationName") == "none"


def test_forced_colours_keep_the_edges_of_things(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en", forced_colors="active").page
    width = page.locator(".send").evaluate("one => getComputedStyle(one).borderTopWidth")
    assert width == "1px"
