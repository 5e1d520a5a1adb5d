"""What the element sends, keeps and leaves behind: as little as can be."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import Opening
from tests.browser.steps import answer_with, ask, launch, type_in

EN = "Can esketamine lead to dissociation?"


def test_no_request_goes_anywhere_but_to_the_two_sites(
    opening: Opening, host: str, own: str
) -> None:
    watched = opening(f"{host}/?lang=en")
    launch(watched.page)
    ask(watched.page, EN)
    origins = {"{0.scheme}://{0.netloc}".format(urlsplit(each.url)) for each in watched.requests}
    assert origins == {host, own}


def test_no_question_and_no_page_address_is_in_any_request_line(
    opening: Opening, host: str, own: str
) -> None:
    watched = opening(f"{host}/?lang=en")
    launch(watched.page)
    ask(watched.page, EN)
    for each in watched.requests:
        assert "esketamine" not in each.url.lower()
        headers = each.all_headers()
        assert "cookie" not in headers
        if "/api/" in each.url:
            assert "referer" not in headers


def test_nothing_is_stored_anywhere(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en").page
    ask(page, EN)
    assert page.context.cookies() == []
    kept = page.evaluate("""async () => [
      localStorage.length, sessionStorage.length,
      (await indexedDB.databases()).length, (await caches.keys()).length,
      history.length, JSON.stringify(history.state)]""")
    assert kept[:4] == [0, 0, 0, 0]
    assert kept[5] == "null"


def test_the_first_question_waits_for_consent_and_is_kept(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en").page
    sent = answer_with(page)
    field = type_in(page, EN)
    field.press("Enter")
    expect(page.locator(".consent")).to_be_focused()
    expect(field).to_have_value(EN)
    page.keyboard.press("Escape")
    expect(page.locator(".consent")).to_have_count(0)
    expect(field).to_be_focused()
    assert sent == []
    field.press("Enter")
    page.get_by_role("button", name="do not keep").click()
    page.locator("article.answer").wait_for()
    assert {(each["question"], each["log"]) for each in sent} == {(EN, False)}


def test_nothing_leaves_the_page_before_consent_was_given(opening: Opening, own: str) -> None:
    watched = opening(f"{own}/?lang=en")
    type_in(watched.page, EN).press("Enter")
    expect(watched.page.locator(".consent")).to_be_visible()
    watched.page.wait_for_timeout(300)
    assert [each.url for each in watched.requests if each.method != "GET"] == []
    assert watched.page.locator("article.answer").count() == 0


def test_a_question_of_danger_waits_for_no_consent_and_is_not_kept(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=en").page
    sent = answer_with(page, kind="emergency")
    ask(page, "my friend is not breathing", first=False)
    assert [each["log"] for each in sent] == [False]
    type_in(page, EN).press("Enter")
    expect(page.locator(".consent")).to_be_visible()
    assert len(sent) == 1


def test_consent_is_asked_once_a_page_load(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en").page
    sent = answer_with(page)
    ask(page, "one")
    ask(page, "two", first=False)
    assert [each["log"] for each in sent] == [True, True]


def test_the_exit_blanks_the_page_and_takes_its_place_in_the_history(
    opening: Opening, own: str, host: str
) -> None:
    page = opening(f"{host}/?lang=en").page
    page.goto(f"{own}/?lang=en")
    page.get_by_role("button", name="Leave this page").click()
    page.wait_for_url(f"{host}/neutral")
    page.go_back()
    assert page.url == f"{host}/?lang=en"


def test_the_page_is_blank_even_where_the_neutral_one_never_comes(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=en").page
    page.route("**/neutral", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="Leave this page").click()
    assert page.evaluate("getComputedStyle(document.documentElement).display") == "none"
    assert page.title().strip("\u200b") == ""


def test_shift_three_times_leaves(opening: Opening, own: str, host: str) -> None:
    page = opening(f"{own}/?lang=en").page
    page.locator(".compose textarea").focus()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(f"{host}/neutral")


def test_shift_while_typing_does_not_leave(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en").page
    page.locator(".compose textarea").focus()
    for letter in "ABCDE":
        page.keyboard.press("Shift")
        page.keyboard.press(letter)
    page.wait_for_timeout(300)
    assert page.url == f"{own}/?lang=en"


def test_the_exit_says_that_it_erases_no_history(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en").page
    expect(page.get_by_text("does not erase your browser history")).to_be_visible()


def test_clearing_forgets_the_conversation(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=en").page
    sent = answer_with(page)
    ask(page, "one")
    page.get_by_role("button", name="Clear the conversation").click()
    expect(page.locator("article.answer")).to_have_count(0)
    ask(page, "two", first=False)
    assert sent[1]["history"] == []
