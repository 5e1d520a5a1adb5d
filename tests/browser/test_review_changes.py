"""A moderator in a browser: pins, blocks, takes back, takes the records away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.answering.phrases import review as words
from bot.pipeline import Bot, Question
from bot.review.accounts import accounts
from embeddings.encoder import SentenceEncoder
from tests.browser.conftest import DESKTOP, Opening, free_socket, serving
from tests.web.conftest import copied
from web.app import create_app
from web.server.program import Program
from web.server.settings import Settings

PASSWORD = "correct horse battery staple"
ASKED = "艾司氯胺酮的不良反应有哪些？"
T = words("en")


@pytest.fixture(scope="module")
def site(
    snapshot_dir: Path, tmp_path_factory: pytest.TempPathFactory, model: SentenceEncoder
) -> Iterator[tuple[str, Program]]:
    """A server with one moderator and one question in its records."""
    data = copied(snapshot_dir, tmp_path_factory.mktemp("moderated"))
    application = create_app(Settings(data=data, log_level="error"))
    program: Program = application.state.program
    program.bot = Bot(program.library, lambda: model, overrides=program.feed.current)
    program.records.migrate()
    accounts.add(program.records, "anna", PASSWORD, "moderator")
    program.log.record(ASKED, *program.bot.consider(Question(ASKED)))
    assert program.log.flush()
    with serving(application, free_socket()) as address:
        yield address, program


def log_in(page: Page) -> None:
    page.get_by_label(T["username"]).fill("anna")
    page.get_by_label(T["password"]).fill(PASSWORD)
    page.get_by_label(T["password"]).press("Enter")
    page.get_by_role("link", name=ASKED).click()


def quoted(program: Program) -> list[str]:
    return [each.id for each in program.bot.ask(Question(ASKED)).passages]


@pytest.mark.parametrize("script", [True, False])
def test_a_moderator_pins_blocks_takes_back_and_exports(
    opening: Opening, site: tuple[str, Program], script: bool
) -> None:
    address, program = site
    before = quoted(program)
    options = {"viewport": DESKTOP, "java_script_enabled": script, "accept_downloads": True}
    page = opening(f"{address}/review/login", **options).page
    log_in(page)

    page.get_by_role("link", name=T["make_pin"], exact=True).click()
    page.locator(f'input[name="passage-{before[2]}"]').check()
    page.get_by_role("button", name=T["show_effect"]).click()
    expect(page.get_by_role("heading", name=T["effect"])).to_be_visible()
    expect(page.locator(".difference")).to_have_count(1)
    assert quoted(program) == before
    page.get_by_role("button", name=T["apply_change"]).click()
    expect(page.get_by_role("status")).to_have_text(T["saved"])
    assert quoted(program)[0] == before[2]
    page.get_by_role("button", name=T["withdraw"]).click()
    expect(page.locator(".state-withdrawn")).to_be_visible()
    assert quoted(program) == before

    page.goto(f"{address}/review")
    page.get_by_role("link", name=ASKED).click()
    page.get_by_text(T["make_block"], exact=True).click()
    page.get_by_role("link", name="[1]").click()
    page.get_by_role("button", name=T["show_effect"]).click()
    expect(page.locator(".word.gone").first).to_be_visible()
    page.get_by_role("button", name=T["apply_change"]).click()
    assert before[0] not in quoted(program)
    page.get_by_role("button", name=T["withdraw"]).click()
    expect(page.locator(".state-withdrawn")).to_be_visible()
    assert quoted(program) == before

    page.goto(f"{address}/review/export")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=T["as_csv"]).click()
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    assert text.startswith("id,hour,")
    assert ASKED in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_about_changes(
    opening: Opening, site: tuple[str, Program], scheme: str
) -> None:
    from tests.browser.test_accessibility import AXE, violations

    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install --prefix tests/browser axe-core")
    address, program = site
    page = opening(
        f"{address}/review/login", viewport=DESKTOP, color_scheme=scheme, bypass_csp=True
    ).page
    log_in(page)
    page.get_by_role("link", name=T["make_pin"], exact=True).click()
    page.locator(f'input[name="passage-{quoted(program)[2]}"]').check()
    page.get_by_role("button", name=T["show_effect"]).click()
    found = {}
    for path in ("", "changes", "cases", "gaps", "charts", "export"):
        if path:
            page.goto(f"{address}/review/{path}")
        page.add_script_tag(path=AXE)
        found[path] = violations(page)
    assert found == {path: [] for path in found}
