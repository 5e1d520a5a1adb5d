"""The guide for moderators, followed step by step in a browser, in its own words and keys.

`said` takes a label only where the guide names it in bold, so that neither the guide nor the pages
can change alone.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from bot.pipeline import Bot, Question
from bot.review.queue.filters import Filter
from bot.review.queue.pages import page as queued
from embeddings.encoder import SentenceEncoder
from tests.browser.conftest import DESKTOP, Opening, free_socket, serving
from tests.test_guide import GUIDES, columns
from tests.web.conftest import copied
from web.app import create_app
from web.cli import app as command
from web.server.program import Program
from web.server.settings import Settings

PASSWORD = "several words in a row"
ASKED = ("艾司氯胺酮的不良反应有哪些？", "How often does dissociation occur with IV ketamine?")
UNANSWERED = ("Does ketamine help with snoring at high altitude?", "氯胺酮和月相有什么关系？")
DANGER = "我朋友叫不醒了，没有呼吸"
EVERYTHING = "\n".join(GUIDES.values())


def said(label: str) -> str:
    """A label, named by the guide."""
    assert re.search(rf"\*\*{re.escape(label)}\.?\*\*", EVERYTHING), label
    return label


def key(name: str) -> str:
    """A key, named by the guide."""
    assert f"`{name}`" in EVERYTHING, name
    return name


def told_command(start: str) -> list[str]:
    """A command of the guide, without the program's name."""
    found = re.search(rf"^safepassage ({start}.*)$", EVERYTHING, re.MULTILINE)
    assert found is not None
    return found[1].split()


@pytest.fixture(scope="module")
def site(
    snapshot_dir: Path, tmp_path_factory: pytest.TempPathFactory, model: SentenceEncoder
) -> Iterator[tuple[str, Program]]:
    """A site over the seeds on which five questions were asked, and an account as told."""
    data = copied(snapshot_dir, tmp_path_factory.mktemp("guided"))
    program: Program = (
        application := create_app(Settings(data=data, log_level="error"))
    ).state.program
    program.bot = Bot(program.library, lambda: model, overrides=program.feed.current)
    made = CliRunner().invoke(
        command, ["--data", str(data), *told_command("user add")], input=f"{PASSWORD}\n"
    )
    assert made.exit_code == 0, made.output
    program.records.migrate()
    for question in (*ASKED, *UNANSWERED, DANGER):
        program.log.record(question, *program.bot.consider(Question(question)))
    assert program.log.flush()
    with serving(application, free_socket()) as address:
        yield address, program


@pytest.fixture
def page(opening: Opening, site: tuple[str, Program]) -> Page:
    """The list, as anna sees it who has just logged in."""
    opened = opening(f"{site[0]}/review/login", viewport=DESKTOP, accept_downloads=True).page
    expect(opened.locator("#name")).to_be_focused()
    opened.keyboard.type("anna")
    opened.keyboard.press("Tab")
    opened.keyboard.type(PASSWORD)
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/review")
    return opened


def opened(page: Page, site: tuple[str, Program], question: str) -> None:
    """Open a question whatever was judged before."""
    page.goto(f"{site[0]}/review?state=all")
    page.get_by_role("link", name=question).click()
    page.wait_for_url("**/records/**")


def test_the_second_factor(opening: Opening, page: Page, site: tuple[str, Program]) -> None:
    page.get_by_role("link", name=said("Your account")).click()
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_role("textbox").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name=said("Set up the second factor")).click()
    expect(page.get_by_role("heading", name=said("Recovery codes"))).to_be_visible()
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    other = opening(f"{site[0]}/review/login", viewport=DESKTOP).page
    other.get_by_role("textbox").first.fill("anna")
    other.locator("#password").fill(PASSWORD)
    other.locator("#password").press("Enter")
    other.wait_for_url("**/login/code")
    other.goto(f"{site[0]}/review")
    other.wait_for_url("**/login")
    reset = CliRunner().invoke(
        command,
        ["--data", str(site[1].settings.data), "user", "reset-second-factor", "anna"],
    )
    assert "safepassage user reset-second-factor anna" in EVERYTHING
    assert reset.exit_code == 0, reset.output


def test_the_list_its_filters_and_its_reasons(page: Page) -> None:
    first = page.locator("[data-row]").first
    expect(first.locator("a")).to_have_text(DANGER)
    reasons = [row[0] for row in columns("reason")]
    expect(first.locator(".reason").first).to_have_text(reasons[0])
    page.get_by_text(said("More filters")).click()
    page.locator("#kind").select_option("not_found")
    page.get_by_label(said("Save this filter as")).fill("nothing found")
    page.get_by_label(said("Save this filter as")).press("Enter")
    expect(page.get_by_role("link", name="nothing found")).to_be_visible()
    assert page.locator("[data-row]").count() < 5
    page.get_by_role("link", name=said("Progress")).click()
    expect(page.get_by_role("heading", name="Progress", level=1)).to_be_visible()


def test_a_question_by_the_keys_of_the_guide(page: Page, site: tuple[str, Program]) -> None:
    records = site[1].records
    page.keyboard.press(key("j"))
    page.keyboard.press(key("j"))
    page.keyboard.press(key("k"))
    page.keyboard.press(key("Enter"))
    page.wait_for_url("**/records/**")
    expect(page.locator(".asked")).to_have_text(DANGER)
    expect(page.get_by_text(said("Recognised as")).first).to_be_visible()
    for number, (name, _) in enumerate(columns("verdict"), 1):
        page.keyboard.press(str(number))
        expect(page.get_by_role("radio", name=name, exact=False).first).to_be_attached()
        assert page.locator("[name=verdict]:checked").locator("..").inner_text().startswith(name)
    page.keyboard.press(key("c"))
    expect(page.get_by_role("button", name="Leave it to others")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press(key("c"))
    expect(page.get_by_role("button", name=said("I am on it"))).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press(key("/"))
    expect(page.get_by_label(said("Search for the right passage"))).to_be_focused()
    page.keyboard.type("overdose")
    page.keyboard.press("Enter")
    page.locator("#found input").first.wait_for()
    page.keyboard.press("Space")
    page.keyboard.press("2")
    page.keyboard.press(key("o"))
    expect(page.get_by_label(said("Ask a colleague for a second opinion"))).to_be_checked()
    page.keyboard.press(key("n"))
    page.keyboard.type("the card is missing")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".asked")).not_to_have_text(DANGER)
    assert queued(records, Filter(state="second")).items[0].verdict == "wrong_passage"
    page.wait_for_load_state()
    page.keyboard.press(key("u"))
    expect(page.locator(".asked")).to_have_text(DANGER)
    assert queued(records, Filter(state="second")).total == 0
    page.wait_for_load_state()
    page.keyboard.press(key("1"))
    page.keyboard.press(key("s"))
    expect(page.get_by_role("button", name=said("Undo"))).to_be_visible()
    expect(page.get_by_role("link", name=said("Next question"))).to_be_visible()
    page.keyboard.press(key("?"))
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press(key("g"))
    page.keyboard.press(key("q"))
    page.wait_for_url(re.compile(r"/review(\?|$)"))


def test_one_verdict_for_all_and_all_taken_back(page: Page, site: tuple[str, Program]) -> None:
    before = queued(site[1].records, Filter(state="reviewed")).total
    page.get_by_role("link", name=said("One verdict for all")).click()
    page.locator("form input[name^=row-]").first.wait_for()
    assert page.locator("form input[name^=row-]").count() >= 2
    assert DANGER not in page.locator("form").last.inner_text()
    page.get_by_label(columns("verdict")[0][0]).first.check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_be_visible()
    assert queued(site[1].records, Filter(state="reviewed")).total > before
    page.get_by_role("button", name=said("Undo")).click()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    assert queued(site[1].records, Filter(state="reviewed")).total == before


def test_what_is_withheld(page: Page) -> None:
    page.get_by_role("link", name=said("Withheld originals")).click()
    page.get_by_role("button", name=said("Show originals")).first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("section.card").first).to_be_visible()


KINDS = [pytest.param(row[0], row[1], id=row[1]) for row in columns("key")]


@pytest.mark.parametrize(("pressed", "name"), KINDS)
def test_each_correction_is_shown_made_and_taken_back(
    page: Page, site: tuple[str, Program], pressed: str, name: str
) -> None:
    opened(page, site, ASKED[0])
    expect(page.get_by_role("heading", name=said("Correct it"))).to_be_visible()
    page.keyboard.press(pressed)
    if pressed == "x":
        page.locator("details[open] a").first.click()
    page.wait_for_url("**/review/new/**")
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    if pressed == "p":
        reach = page.locator("#reach option").all_inner_texts()
        wanted = ("Only the same words", "Also very close questions", "Also near questions")
        assert reach == [said(each) for each in wanted]
    if pressed in "pe":
        page.locator("#q").fill("dissociation")
        page.locator("#q").press("Enter")
        page.locator(".picks input").first.check()
    if pressed == "x":
        assert page.locator("#substance option").first.inner_text() == said("Everywhere")
        group = page.locator("#substance optgroup").get_attribute("label")
        assert group == said("Only in answers about one substance")
    if pressed == "a":
        page.locator("#name").fill("小艾")
        page.locator("#substances").fill("ketamine")
        ordinary = "It is an ordinary word too, and counts only beside words about drugs"
        expect(page.get_by_label(said(ordinary))).not_to_be_checked()
    page.get_by_role("button", name=said("Show what changes")).click()
    page.get_by_role("button", name=said("Make this change")).click()
    page.wait_for_url("**/review/changes/*")
    page.get_by_role("link", name=said("Corrections")).first.click()
    page.locator(".queue a").first.click()
    page.get_by_role("button", name=said("Take it back")).click()
    expect(page.get_by_role("button", name=said("Bring it back"))).to_be_visible()
    assert not page.locator(".state-active").count()


def test_cases_gaps_charts_and_files(page: Page, site: tuple[str, Program]) -> None:
    page.get_by_role("link", name=said("Cases"), exact=True).click()
    expect(page.get_by_role("button", name=said("Ask all cases now"))).to_be_visible()
    with page.expect_download():
        page.get_by_role("button", name=said("As lines of JSON")).click()
    page.get_by_role("link", name=said("Gaps"), exact=True).click()
    for kind in ("CSV", "Markdown"):
        expect(page.get_by_role("button", name=f"As {kind}")).to_be_visible()
    for heading in ("Charts", "Export"):
        assert f"## {heading}" in EVERYTHING
        page.get_by_role("link", name=heading, exact=True).click()
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="As CSV").click()
    assert ASKED[0] in Path(waiting.value.path()).read_text("utf-8-sig")


@pytest.mark.parametrize("words", ["overrides list", "overrides export", "export --format csv"])
def test_the_commands_of_the_guide_run(
    site: tuple[str, Program], tmp_path: Path, words: str
) -> None:
    assert f"safepassage {words}" in EVERYTHING
    asked = ["--data", str(site[1].settings.data), *words.split()]
    if words == "overrides export":
        asked.append(str(tmp_path / "file.toml"))
    done = CliRunner().invoke(command, asked)
    assert done.exit_code == 0, done.output
