"""A cheap phone on a slow line: a quarter of the speed, 400 ms a round trip, 400 kbit/s.

The machine that runs the tests may be busy with other things: limits are for an idle one, and
grow with its load.
"""

import os

from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Opening
from tests.browser.steps import consent, launch, type_in

SLOW = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
PHONE_LIKE = {"viewport": PHONE, "has_touch": True, "is_mobile": True}

CONTACTS = """async text => {
  const element = document.querySelector("safe-passage");
  const field = element.shadowRoot.querySelector(".compose textarea");
  const times = [];
  for (let round = 0; round < 5; round++) {
    element.reset();
    await new Promise(requestAnimationFrame);
    field.value = text;
    const began = performance.now();
    field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
    if (!element.shadowRoot.querySelector(".help a.call")) return null;
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}"""
ANSWER = """root => {
  root.addEventListener("click", () => {
    const began = performance.now();
    new MutationObserver(() => {
      if (root.querySelector("article.answer")) window.took ??= performance.now() - began;
    }).observe(root, {childList: true, subtree: true});
  }, {capture: true, once: true});
}"""


def busy() -> float:
    """How many times longer things take here than on an idle machine."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def slowed(page: Page) -> None:
    """Slow processor and line down."""
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def test_contacts_are_painted_in_a_third_of_a_second_after_a_dangerous_question(
    opening: Opening, host: str
) -> None:
    page = opening(f"{host}/?lang=zh", **PHONE_LIKE).page
    slowed(page)
    launch(page)
    page.locator(".panel").wait_for()
    # As a suggestion of the keyboard does: all at once, so that nothing was seen before Enter.
    took = page.evaluate(CONTACTS, "我朋友叫不醒，嘴唇发紫")
    assert took is not None
    assert took < 300 * busy()


def test_an_answer_stands_in_two_and_a_half_seconds(opening: Opening, host: str) -> None:
    page = opening(f"{host}/?lang=zh", **PHONE_LIKE).page
    slowed(page)
    launch(page)
    type_in(page, "艾司氯胺酮的不良反应有哪些？").press("Enter")
    page.locator("safe-passage").evaluate_handle("one => one.shadowRoot").evaluate(ANSWER)
    consent(page)
    page.locator("article.answer").wait_for()
    assert page.evaluate("took") < 2_500 * busy()
