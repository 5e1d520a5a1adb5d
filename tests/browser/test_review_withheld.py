"""Originals of what is withheld, in a browser: on demand, audited, for eyes and screen readers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.answering.phrases import review as words
from bot.corpus.inspection import audit
from bot.pipeline import Bot
from bot.review.accounts import accounts
from bot.review.audit import lines
from embeddings.encoder import SentenceEncoder
from tests.browser.conftest import PHONE, SMALLEST, Opening, free_socket, serving
from tests.browser.test_accessibility import AXE, violations
from tests.web.conftest import copied
from web.app import create_app
from web.server.program import Program
from web.server.settings import Settings

PASSWORD = "correct horse battery staple"
T = words("en")


@pytest.fixture(scope="module")
def site(
    snapshot_dir: Path, tmp_path_factory: pytest.TempPathFactory, model: SentenceEncoder
) -> Iterator[tuple[str, Program]]:
    """A server over the seeds with a moderator and a viewer."""
    data = copied(snapshot_dir, tmp_path_factory.mktemp("withheld"))
    application = create_app(Settings(data=data, log_level="error"))
    program: Program = application.state.program
    program.bot = Bot(program.library, lambda: model, overrides=program.feed.current)
    program.records.migrate()
    accounts.add(program.records, "anna", PASSWORD, "moderator")
    accounts.add(program.records, "vera", PASSWORD, "viewer")
    with serving(application, free_socket()) as address:
        yield address, program


def log_in(page: Page, name: str) -> None:
    page.get_by_label(T["username"]).fill(name)
    page.get_by_label(T["password"]).fill(PASSWORD)
    page.get_by_label(T["password"]).press("Enter")
    page.wait_for_url("**/review")


def seen(program: Program) -> list[str]:
    """The documents whose originals somebody has looked at."""
    return [
        each.subject
        for each in lines(program.records)[0]
        if each.action == "withheld originals seen"
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("script", [True, False])
def test_a_moderator_looks_at_originals_on_a_telephone_and_is_noted(
    opening: Opening, site: tuple[str, Program], scheme: str, script: bool
) -> None:
    address, program = site
    before = seen(program)
    options = {"viewport": PHONE, "color_scheme": scheme, "java_script_enabled": script}
    page = opening(f"{address}/review/login", **options, bypass_csp=True).page
    log_in(page, "anna")
    page.get_by_role("link", name=T["withheld_originals"]).click()
    hidden = tuple(audit(program.bot.ready().snapshot))
    text = page.locator("main").inner_text()
    assert not [each for each in hidden if each.text in text]
    assert seen(program) == before
    first = page.locator(".queue li").first
    document = first.locator(".document").inner_text()
    button = first.get_by_role("button")
    box = button.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    button.click()
    expect(page.get_by_role("alert")).to_have_text(T["originals_warning"])
    shown = [" ".join(each.split()) for each in page.locator(".note").all_inner_texts()]
    assert shown == [" ".join(each.text.split()) for each in hidden if each.document == document]
    assert seen(program) == [document[:64], *before]
    assert page.url == f"{address}/review/withheld/originals"
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    opening: Opening, site: tuple[str, Program], scheme: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install --prefix tests/browser axe-core")
    options = {"viewport": SMALLEST, "color_scheme": scheme, "bypass_csp": True}
    page = opening(f"{site[0]}/review/login", **options).page
    log_in(page, "anna")
    page.get_by_role("link", name=T["withheld_originals"]).click()
    page.wait_for_url("**/withheld")
    for _ in range(2):
        page.add_script_tag(path=AXE)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]
        if page.url.endswith("/withheld"):
            page.get_by_role("button", name=T["show_originals"]).first.click()
            page.wait_for_url("**/originals")


def test_a_viewer_is_led_to_no_original(opening: Opening, site: tuple[str, Program]) -> None:
    watched = opening(f"{site[0]}/review/login", viewport=PHONE)
    log_in(watched.page, "vera")
    expect(watched.page.get_by_role("link", name=T["withheld_originals"])).to_have_count(0)
    watched.page.goto(f"{site[0]}/review/withheld")
    expect(watched.page.get_by_role("alert")).to_have_text(T["not_yours"])
    # The browser notes down that a page came with this status.
    watched.complaints[:] = [each for each in watched.complaints if "403" not in each]
