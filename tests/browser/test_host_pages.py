"""On somebody else's page: the strictest policy, the worst styles, several at once."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, Opening
from tests.browser.steps import answer_with, consent, type_in

HOSTILE = """
* { all: unset !important; transform: rotate(3deg) !important; opacity: .3 !important;
    filter: blur(4px) !important; font: 4px/1 serif !important; color: red !important;
    position: static !important; float: left !important; direction: rtl !important; }
html, body, p { display: block !important; transform: none !important; filter: none !important; }
:root { --ink: red; --paper: red; --radius: 99px; --surface: red; }
"""
OURS = """() => {
  const before = new Set(window.there);
  return {
    names: Object.getOwnPropertyNames(window).filter(name => !before.has(name)),
    sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    paragraph: getComputedStyle(document.querySelector("p")).cssText,
    added: document.body.children.length,
  };
}"""


def host_page(page: Page, host: str, body: str, **headers: str) -> None:
    """Go to a page of the host with this body."""
    page.route(
        f"{host}/page",
        lambda route: route.fulfill(
            content_type="text/html",
            headers=headers,
            body='<!doctype html><meta charset="utf-8"><html lang="en"><title>x</title>'
            + '<link rel="icon" href="data:,">'
            + body,
        ),
    )
    page.goto(f"{host}/page")


def version_of(page: Page, own: str) -> str:
    text = page.request.get(f"{own}/widget.js").text()
    found = re.search(r'const VERSION = "(\w+)"', text)
    assert found
    return found[1]


def test_a_pinned_script_runs_with_its_hash_under_the_strictest_policy(
    opening: Opening, own: str, host: str
) -> None:
    page = opening(f"{host}/?lang=en").page
    demo = page.request.get(f"{own}/demo").text().replace("&#43;", "+")
    found = re.search(r"sha384-[\w+/=]+", demo)
    assert found
    policy = f"default-src 'none'; script-src {own}; connect-src {own}; img-src data:"
    host_page(
        page,
        host,
        f'<script type="module" src="{own}/widget/{version_of(page, own)}.js" '
        f'integrity="{found[0]}" crossorigin="anonymous"></script><safe-passage></safe-passage>',
        **{"Content-Security-Policy": policy},
    )
    answer_with(page)
    type_in(page, "one").press("Enter")
    consent(page)
    page.locator("article.answer").wait_for()


def test_a_script_that_was_changed_on_the_way_does_not_run(
    opening: Opening, own: str, host: str
) -> None:
    watched = opening(f"{host}/?lang=en")
    page = watched.page
    host_page(
        page,
        host,
        f'<script type="module" src="{own}/widget/{version_of(page, own)}.js" '
        f'integrity="sha384-{"A" * 64}" crossorigin="anonymous"></script>'
        "<safe-passage><p>Ask elsewhere</p></safe-passage>",
    )
    expect(page.get_by_text("Ask elsewhere")).to_be_visible()
    assert any("integrity" in each for each in watched.complaints)
    watched.complaints.clear()


def test_the_worst_styles_of_a_host_page_change_nothing_of_the_floating_element(
    opening: Opening, own: str, host: str
) -> None:
    page = opening(f"{host}/?lang=en", viewport=DESKTOP).page
    script = f'<script type="module" src="{own}/widget.js"></script>'
    element = '<safe-passage mode="floating"></safe-passage>'
    looks = []
    for styles in ("", f"<style>{HOSTILE}</style>"):
        host_page(page, host, f"{styles}{script}<p>x</p>{element}")
        page.locator(".launcher").click()
        page.locator(".topics li").first.wait_for()
        looks.append(
            page.locator(".panel").evaluate("""panel => [panel, panel.querySelector(".send"),
              panel.querySelector("h2"), panel.querySelector("textarea")].map(one => {
                const box = one.getBoundingClientRect(), style = getComputedStyle(one);
                return [box.x, box.y, box.width, box.height, style.color, style.fontFamily,
                        style.direction, style.position, style.opacity].join(" ")})""")
        )
    assert looks[0] == looks[1]


def test_the_element_changes_nothing_of_the_host_page(
    opening: Opening, own: str, host: str
) -> None:
    page = opening(f"{host}/?lang=en").page
    host_page(page, host, "<p>x</p><safe-passage></safe-passage>")
    page.evaluate("window.there = Object.getOwnPropertyNames(window)")
    before = page.evaluate(OURS)
    page.evaluate(
        """src => new Promise(done => {
          const script = document.createElement("script");
          Object.assign(script, {type: "module", src, onload: done});
          document.head.append(script)})""",
        f"{own}/widget.js",
    )
    page.locator(".compose textarea").wait_for()
    after = page.evaluate(OURS)
    after["names"] = [name for name in after["names"] if name != "there"]
    before["names"] = []
    assert after == before


def test_several_on_one_page_are_apart_and_ask_for_consent_once(
    opening: Opening, own: str, host: str
) -> None:
    page = opening(f"{host}/?lang=en", viewport=DESKTOP).page
    host_page(
        page,
        host,
        f'<script type="module" src="{own}/widget.js"></script>'
        '<safe-passage id="one" language="en" source="ijms-2024-13658" region="GB"></safe-passage>'
        '<safe-passage id="two" language="zh-TW" theme="dark" site-key="k" mode="floating"'
        ' position="start" greeting="嗨"></safe-passage>',
    )
    sent = answer_with(page)
    page.locator("#one .compose textarea").fill("one")
    page.locator("#one .compose textarea").press("Enter")
    page.locator("#one .consent .solid").click()
    page.locator("#one article.answer").wait_for()
    page.locator("#two .launcher").click()
    expect(page.locator("#two .welcome p").first).to_have_text("嗨")
    page.locator("#two .compose textarea").fill("two")
    page.locator("#two .compose textarea").press("Enter")
    page.locator("#two article.answer").wait_for()
    asked = [{key: each.get(key) for key in ("language", "region", "source")} for each in sent]
    assert asked == [
        {"language": "en", "region": "GB", "source": "ijms-2024-13658"},
        {"language": "zh-Hant", "region": None, "source": None},
    ]
    assert [each.get("site_key") for each in sent] == [None, "k"]
    assert sent[1]["history"] == []
    looks = page.locator("#two .root").evaluate("one => [...one.classList].sort()")
    assert looks == ["dark", "floating", "open", "root", "start"]


def test_a_visit_takes_as_few_requests_as_can_be(opening: Opening, own: str, host: str) -> None:
    watched = opening(f"{host}/?lang=en")
    page = watched.page
    page.locator(".launcher").wait_for()
    ours = [each for each in watched.requests if each.url.startswith(own)]
    assert [each.url for each in ours] == [f"{own}/widget.js"]
    page.locator(".launcher").click()
    page.locator(".topics li").first.wait_for()
    type_in(page, "How does ketamine work?").press("Enter")
    consent(page)
    page.locator("article.answer").wait_for()
    ours = [each for each in watched.requests if each.url.startswith(own)]
    paths = [each.url.removeprefix(own).split("?")[0] for each in ours]
    assert paths == ["/widget.js", "/api/v1/topics", "/api/v1/ask"]
