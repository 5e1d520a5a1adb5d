"""Questions of one tab belong together only where the site's owner asked for it, and only there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bot.answer import Message
from bot.review.log.query_log import QueryLog
from bot.review.viewing import View, view
from tests.browser.conftest import ARGUMENTS, CHROMIUM, Opening, free_socket, serving
from tests.browser.steps import answer_with, ask
from web.app import create_app
from web.server.settings import Settings

SAID: dict[str, Any] = {"messages": (Message(id="m", text="said"),), "language": "en"}
STORAGE = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"


@pytest.fixture(scope="module")
def grouping(
    snapshot_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, QueryLog]]:
    """A site whose owner lets moderators see which questions came from one tab, and its log."""
    listening = free_socket()
    settings = Settings.model_validate(
        {
            "data": snapshot_dir,
            "database_url": f"sqlite:///{tmp_path_factory.mktemp('grouped')}/records.sqlite",
            "conversations": True,
            "log_level": "error",
        }
    )
    application = create_app(settings)
    with serving(application, listening) as address:
        assert application.state.program.warm.wait(120)
        yield address, application.state.program.log


def tabs(page: Page, *questions: str) -> list[str | None]:
    """What the tab calls itself with each of these questions."""
    sent = answer_with(page, **SAID)
    for place, question in enumerate(questions):
        ask(page, question, first=place == 0)
    return [each.get("conversation") for each in sent]


def kept(log: QueryLog, answered: dict[str, Any]) -> str | None:
    """What the database holds of the tab in which a question was asked."""
    assert log.flush()
    found = view(log.records, answered["id"])
    assert isinstance(found, View)
    return found.conversation


def test_a_tab_calls_itself_nothing_unless_the_owner_asked_for_it(
    opening: Opening, own: str
) -> None:
    assert tabs(opening(f"{own}/?lang=en").page, "first", "second") == [None, None]


def test_two_questions_of_one_tab_share_an_id_and_a_new_tab_has_another(
    opening: Opening, grouping: tuple[str, QueryLog]
) -> None:
    page = opening(f"{grouping[0]}/?lang=en").page
    one, two = tabs(page, "first", "second")
    assert one == two
    assert one is not None and len(one) > 30
    beside = page.context.new_page()
    beside.goto(page.url)
    [other] = tabs(beside, "third")
    assert other not in (None, one)


def test_clearing_the_conversation_and_refusing_to_be_kept_end_it(
    opening: Opening, grouping: tuple[str, QueryLog]
) -> None:
    page = opening(f"{grouping[0]}/?lang=en").page
    [before] = tabs(page, "first")
    page.get_by_role("button", name="Clear the conversation").click()
    sent = answer_with(page, **SAID)
    ask(page, "second", first=False)
    assert sent[0]["conversation"] not in (None, before)
    page.reload()
    sent = answer_with(page, **SAID)
    page.locator(".compose textarea").fill("third")
    page.locator(".compose textarea").press("Enter")
    assert "side by side" in page.locator(".consent").inner_text()
    page.locator(".consent .plain").click()
    page.locator("article.answer").wait_for()
    assert (sent[0]["log"], "conversation" in sent[0]) == (False, False)


def test_a_moderator_sees_both_questions_and_the_browser_writes_no_id_down(
    chromium: Browser, grouping: tuple[str, QueryLog], tmp_path: Path
) -> None:
    address, log = grouping
    profile = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=str(CHROMIUM), args=list(ARGUMENTS), locale="en-US"
    )
    page = profile.new_page()
    page.goto(f"{address}/?lang=en")
    names: list[str] = []
    answers: list[dict[str, Any]] = []
    for question in ("What are the side effects of esketamine?", "Is ketamine addictive?"):
        with page.expect_response("**/api/v1/ask") as answered:
            ask(page, question, first=not names)
        names.append(json.loads(answered.value.request.post_data or "")["conversation"])
        answers.append(answered.value.json())
    assert page.evaluate(STORAGE) == '[{},{},""]'
    assert profile.cookies() == []
    profile.close()
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert len(files) > 20
    assert not [each for each in files if names[0].encode() in each.read_bytes()]
    first, second = (kept(log, each) for each in answers)
    assert first == second
    assert first not in (None, names[0])
