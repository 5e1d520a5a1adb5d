"""The moderators' pages in a real browser: by keyboard alone, two at once, on a phone, by axe."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Page, expect

from bot.answering.phrases import review as words
from bot.review.accounts import accounts
from bot.review.log.query_log import QueryLog
from bot.review.log.retention import purge
from bot.review.queue.filters import Filter
from bot.review.queue.pages import page as queued
from bot.review.storage import Records
from bot.review.viewing import View, view
from tests.bot.review.answers import HELPLINE, answer, trace
from tests.browser.conftest import DESKTOP, SMALLEST, Opening, free_socket, serving
from tests.browser.test_accessibility import AXE, violations
from web.app import create_app
from web.server.program import Program
from web.server.settings import Settings

PASSWORD = "correct horse battery staple"
T = words("en")
NUMBER = 20


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Program, str]]:
    """A site with an account of each role and nothing asked yet, and its address."""
    listening = free_socket()
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(accounts, "HASHER", cheap)
        patch.setattr("bot.review.queue.urgency.SAMPLE", 10**9)
        app = create_app(
            Settings.model_validate(
                {"data": tmp_path_factory.mktemp("reviewed"), "log_level": "error"}
            )
        )
        program: Program = app.state.program
        program.records.migrate()
        for name, role in (("anna", "moderator"), ("ben", "moderator"), ("eva", "admin")):
            accounts.add(program.records, name, PASSWORD, role)  # type: ignore[arg-type]
        with serving(app, listening) as address:
            yield program, address


@pytest.fixture
def site(served: tuple[Program, str]) -> Iterator[str]:
    """The address; whatever was asked is gone afterwards."""
    program, address = served
    yield address
    purge(program.records, program.log.clock(), everything=True)


@pytest.fixture
def records(served: tuple[Program, str], site: str) -> Records:
    """What was asked: an emergency, and questions without an answer."""
    log: QueryLog = served[0].log
    log.record("没有呼吸了", answer("emergency", resources=(HELPLINE,)), trace())
    for number in range(NUMBER - 1):
        log.record(f"问题 {number}", answer("not_found", passages=()), trace())
    assert log.flush(120)
    return served[0].records


def log_in(page: Page, name: str) -> None:
    """Log in with the keyboard."""
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")


def state_of(records: Records, wanted: Filter) -> int:
    return queued(records, wanted).total


def test_a_moderator_works_through_twenty_by_keyboard_alone_and_undoes(
    opening: Opening, site: str, records: Records
) -> None:
    page = opening(f"{site}/review/login", viewport=DESKTOP).page
    log_in(page, "anna")
    page.keyboard.press("j")
    expect(page.locator(".queue a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/**")
    for done in range(NUMBER):
        page.wait_for_load_state()
        question = page.locator(".asked").inner_text()
        page.keyboard.press("3")
        page.keyboard.press("n")
        page.keyboard.type("x")
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.keyboard.press("Control+Enter")
        if done < NUMBER - 1:
            expect(page.locator(".asked")).not_to_have_text(question)
        if done == 4:
            page.wait_for_load_state()
            page.keyboard.press("u")
            expect(page.get_by_role("status").first).to_contain_text(T["undone"])
            expect(page.locator(".asked")).to_have_text(question)
            page.wait_for_load_state()
            assert state_of(records, Filter(state="reviewed")) == 4
            page.keyboard.press("2")
            page.keyboard.press("s")
            expect(page.locator(".asked")).not_to_have_text(question)
    expect(page.get_by_role("status").first).to_contain_text(T["saved"])
    page.keyboard.press("g")
    page.keyboard.press("q")
    expect(page.locator(".queue")).to_have_count(0)
    assert state_of(records, Filter(verdict="missing_source", state="all")) == NUMBER - 1
    assert state_of(records, Filter(verdict="wrong_passage", state="all")) == 1


def test_two_moderators_on_the_same_record_do_not_overwrite_each_other(
    opening: Opening, site: str, records: Records
) -> None:
    record = queued(records, Filter()).items[0].id
    seen = [opening(f"{site}/review/login", viewport=DESKTOP) for _ in range(2)]
    anna, ben = (each.page for each in seen)
    for page, name in ((anna, "anna"), (ben, "ben")):
        log_in(page, name)
        page.goto(f"{site}/review/records/{record}")
    anna.keyboard.press("c")
    expect(anna.get_by_role("button", name=T["release"])).to_be_visible()
    ben.goto(f"{site}/review")
    expect(ben.locator(".queue li").first).to_contain_text("anna is on it")
    ben.goto(f"{site}/review/records/{record}")
    anna.keyboard.press("1")
    anna.keyboard.press("s")
    expect(anna.get_by_role("status").first).to_contain_text(T["saved"])
    ben.keyboard.press("8")
    ben.keyboard.press("n")
    ben.keyboard.type("mine")
    with ben.expect_response(lambda response: response.status == 409):
        ben.keyboard.press("Control+Enter")
    expect(ben.get_by_role("alert")).to_contain_text(T["judged_meanwhile"])
    expect(ben.locator("#note")).to_have_value("mine")
    # The browser notes down that a page came with this status.
    seen[1].complaints[:] = [each for each in seen[1].complaints if "409" not in each]
    found = view(records, record)
    assert isinstance(found, View)
    assert [(each.verdict, each.by) for each in found.history] == [("right", "anna")]


def test_the_list_follows_what_happens_and_keeps_its_place(
    opening: Opening, site: str, records: Records, served: tuple[Program, str]
) -> None:
    page = opening(f"{site}/review/login", viewport=DESKTOP).page
    log_in(page, "ben")
    for _ in range(12):
        page.keyboard.press("j")
    held = page.locator(".queue a:focus")
    question, before = held.inner_text(), held.bounding_box()
    log: QueryLog = served[0].log
    log.record("不想活了", answer("crisis"), trace())
    assert log.flush(120)
    page.evaluate("document.dispatchEvent(new Event('review:refresh'))")
    expect(page.locator("[data-total]")).to_have_text(f"Questions: {NUMBER + 1}")
    expect(page.locator("[data-announce]")).to_have_text(T["list_changed"])
    expect(held).to_have_text(question)
    after = held.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2


def test_a_question_mark_shows_the_keys_and_they_can_be_switched_off(
    opening: Opening, site: str, records: Records
) -> None:
    page = opening(f"{site}/review/login", viewport=DESKTOP).page
    log_in(page, "anna")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(T["key_save"])
    dialog.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".queue a:focus")).to_have_count(0)
    page.keyboard.press("?")
    dialog.get_by_role("checkbox").uncheck()


def test_all_of_it_works_without_script(opening: Opening, site: str, records: Records) -> None:
    page = opening(f"{site}/review/login", java_script_enabled=False).page
    log_in(page, "anna")
    page.locator(".queue a").first.click()
    page.get_by_role("radio", name=T["verdict_right"], exact=True).check()
    page.get_by_role("button", name=T["save"], exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(T["saved"])
    page.get_by_role("button", name=T["undo"]).click()
    expect(page.get_by_role("status").first).to_contain_text(T["undone"])
    page.goto(f"{site}/review")
    page.get_by_label(T["filter_kind"]).select_option("emergency")
    page.get_by_role("button", name=T["filter"], exact=True).click()
    expect(page.locator(".queue li")).to_have_count(1)


PAGES = ("", "/records/{}", "/bulk?kind=not_found", "/progress", "/keys", "/account", "/audit")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    opening: Opening, site: str, records: Records, scheme: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install --prefix tests/browser axe-core")
    seen = opening(f"{site}/review/login", viewport=DESKTOP, color_scheme=scheme, bypass_csp=True)
    page = seen.page
    found = {"login": checked(page)}
    log_in(page, "eva")
    record = queued(records, Filter()).items[0].id
    others = page.locator("nav a[data-go], header nav a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    for path in sorted({*(f"/review{path.format(record)}" for path in PAGES), *others}):
        page.goto(f"{site}{path}")
        found[path] = checked(page)
    page.keyboard.press("?")
    found["keys"] = violations(page)
    assert {path: each for path, each in found.items() if each} == {}
    # Pages that need the documents say that there are none here.
    seen.complaints[:] = [each for each in seen.complaints if "503" not in each]


def checked(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    return violations(page)


@pytest.mark.parametrize("path", ["", "/records/{}", "/bulk", "/account", "/progress", "/audit"])
def test_nothing_is_cut_off_on_the_smallest_screen(
    opening: Opening, site: str, records: Records, path: str
) -> None:
    page = opening(f"{site}/review/login", viewport=SMALLEST).page
    log_in(page, "eva")
    page.goto(f"{site}/review{path.format(queued(records, Filter()).items[0].id)}")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]
