"""Input methods: Enter that picks a candidate never sends half a word."""

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opening
from tests.browser.steps import answer_with, consent, type_in

PICK = """field => {
  const key = (init) => {
    const made = new KeyboardEvent("keydown", {
      key: "Enter", bubbles: true, cancelable: true, ...init});
    if (init.keyCode) Object.defineProperty(made, "keyCode", {value: init.keyCode});
    field.dispatchEvent(made);
  };
  const composition = (type) =>
    field.dispatchEvent(new CompositionEvent(type, {bubbles: true, data: "氯胺"}));
  composition("compositionstart");
  key({isComposing: true});
  key({keyCode: 229});
  composition("compositionend");
  key({keyCode: 13});
}"""
"""What browsers send while Enter picks a candidate; the last key is Safari's."""


def ready(opening: Opening, own: str) -> tuple[Page, list[dict[str, object]]]:
    """A page on which the first question has been asked, so that Enter sends at once."""
    page = opening(f"{own}/?lang=zh").page
    sent = answer_with(page)
    type_in(page, "先问").press("Enter")
    consent(page)
    page.locator("article.answer").wait_for()
    sent.clear()
    return page, sent


def test_enter_that_picks_a_candidate_does_not_send(opening: Opening, own: str) -> None:
    page, sent = ready(opening, own)
    field = type_in(page, "氯胺")
    field.evaluate(PICK)
    page.wait_for_timeout(200)
    expect(field).to_have_value("氯胺")
    assert sent == []


def test_enter_after_the_candidate_was_picked_sends(opening: Opening, own: str) -> None:
    page, sent = ready(opening, own)
    field = type_in(page, "氯胺酮")
    field.evaluate(PICK)
    page.wait_for_timeout(120)
    field.press("Enter")
    expect(page.locator("article.answer")).to_have_count(2)
    assert [each["question"] for each in sent] == ["氯胺酮"]


def test_an_input_method_of_the_browser_itself_sends_nothing_before_its_time(
    opening: Opening, own: str
) -> None:
    page, sent = ready(opening, own)
    field = page.locator(".compose textarea")
    field.focus()
    tools = page.context.new_cdp_session(page)
    tools.send(
        "Input.imeSetComposition",
        {
            "text": "lv an tong",
            "selectionStart": 10,
            "selectionEnd": 10,
        },
    )
    tools.send(
        "Input.dispatchKeyEvent",
        {
            "type": "rawKeyDown",
            "key": "Process",
            "code": "Enter",
            "windowsVirtualKeyCode": 229,
        },
    )
    tools.send("Input.insertText", {"text": "氯胺酮"})
    expect(field).to_have_value("氯胺酮")
    assert sent == []
    page.wait_for_timeout(120)
    field.press("Enter")
    expect(page.locator("article.answer")).to_have_count(2)
    assert [each["question"] for each in sent] == ["氯胺酮"]


def test_shift_and_enter_makes_a_new_line(opening: Opening, own: str) -> None:
    page, sent = ready(opening, own)
    field = type_in(page, "一")
    field.press("Shift+Enter")
    page.keyboard.type("二")
    expect(field).to_have_value("一\n二")
    assert sent == []


def test_what_was_typed_before_the_script_arrived_is_kept(opening: Opening, own: str) -> None:
    page = opening(f"{own}/healthz").page
    late: list[Route] = []
    page.route("**/widget/*.js", lambda route: late.append(route))
    page.goto(f"{own}/?lang=zh", wait_until="commit")
    page.locator("textarea[name=question]").fill("早就写好的问题")
    for route in late:
        route.continue_()
    expect(page.locator(".compose textarea")).to_have_value("早就写好的问题")
