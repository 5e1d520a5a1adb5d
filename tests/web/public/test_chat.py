"""The chat page as a form: everything that the element does, without JavaScript."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from bot.answer import Answer
from bot.answering.phrases import ui
from tests.web.conftest import DANGER, PLAIN, Opened

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def text_of(page: str) -> str:
    """What a person reads: tags away, entities resolved."""
    return unescape(re.sub(r"<[^>]*>", "", page))


def test_the_page_says_what_it_is_before_anything_was_asked(client: TestClient) -> None:
    page = client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert page.status_code == 200
    assert '<html lang="en">' in page.text
    assert "not a person and not medical advice" in page.text


def test_the_script_carries_the_nonce_of_the_policy(client: TestClient) -> None:
    page = client.get("/")
    nonce = re.search(r'<script[^>]* nonce="([\w-]+)"', page.text)
    assert nonce
    assert f"'nonce-{nonce[1]}'" in page.headers["content-security-policy"]
    assert "'unsafe" not in page.headers["content-security-policy"]


def test_the_form_gives_the_passages_that_the_api_gives(client: TestClient) -> None:
    asked = {"question": PLAIN, "language": "zh-Hans"}
    page = client.post("/", data={**asked, "log": "no"})
    answer = Answer.model_validate(client.post("/api/v1/ask", json={**asked, "log": False}).json())
    read = text_of(page.text)
    assert page.status_code == 200
    assert answer.passages
    for passage in answer.passages:
        assert passage.text in read
        assert passage.citation.title in read
        path, _, anchor = passage.citation.view.partition("#")
        assert f'href="{path}?lang=zh-Hans#{anchor}"' in unescape(page.text)
    for message in answer.messages:
        assert message.text in read


def test_contacts_come_before_everything_in_an_emergency(client: TestClient) -> None:
    page = client.post("/", data={"question": DANGER}).text
    assert 'href="tel:120"' in page
    assert page.index('href="tel:') < page.index("firstaid")
    assert "<blockquote" not in page[: page.index('href="tel:')]


def test_an_emergency_is_answered_without_an_index(without_index: TestClient) -> None:
    page = without_index.post("/", data={"question": DANGER})
    assert page.status_code == 200
    assert 'href="tel:120"' in page.text


def test_without_an_index_the_question_is_kept_and_contacts_are_shown(
    without_index: TestClient,
) -> None:
    page = without_index.post("/", data={"question": PLAIN})
    assert page.status_code == 503
    assert re.search(rf"<textarea[^>]*>{PLAIN}</textarea>", page.text)
    assert 'href="tel:' in page.text


def test_no_address_on_the_page_holds_the_question(client: TestClient) -> None:
    page = client.post("/", data={"question": "艾司氯胺酮 zebra7 有什么风险"})
    assert "location" not in page.headers
    assert not [
        each for each in re.findall(r'(?:href|action|src)="([^"]*)"', page.text) if "zebra7" in each
    ]


def test_what_was_typed_is_shown_as_text_and_never_as_markup(client: TestClient) -> None:
    page = client.post("/", data={"question": "<script>alert(1)</script> 艾司氯胺酮"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_follow_up_carries_what_was_asked_before(client: TestClient) -> None:
    first = client.post("/", data={"question": PLAIN, "log": "no"}).text
    assert f'name="history" value="{PLAIN}"' in first


def test_an_empty_form_is_met_with_a_sentence(client: TestClient) -> None:
    page = client.post("/", data={"question": "  ", "language": "en"})
    assert page.status_code == 422
    assert "<form" in page.text


def test_a_body_that_is_no_form_is_still_read_for_danger(client: TestClient) -> None:
    body = "&".join(f"f{number}=1" for number in range(200)) + "&q=" + DANGER
    page = client.post("/", content=body.encode(), headers=FORM)
    assert page.status_code == 200
    assert 'href="tel:' in page.text


def test_consent_is_offered_only_where_questions_are_kept(serving: Opened) -> None:
    assert 'value="no"' in serving().get("/?lang=en").text
    assert 'value="no"' not in serving(log="off").get("/?lang=en").text


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        (PLAIN, "answer"),
        (DANGER, "emergency"),
        ("我不想活了", "crisis"),
        ("氯胺酮一次吸多少毫克", "dose_declined"),
        ("怎么自己合成冰毒", "how_to_declined"),
        ("麦司卡林对肝脏有什么影响", "not_found"),
        ("你好", "greeting"),
        ("明天股票会涨吗", "off_topic"),
    ],
)
def test_every_kind_of_answer_is_shown_whole(client: TestClient, question: str, kind: str) -> None:
    asked = {"question": question, "language": "zh-Hans"}
    page = text_of(client.post("/", data={**asked, "log": "no"}).text)
    answer = Answer.model_validate(client.post("/api/v1/ask", json={**asked, "log": False}).json())
    assert answer.kind == kind
    shown = [message.text for message in answer.messages]
    shown += [contact.name for contact in answer.resources]
    shown += [line for card in answer.first_aid for line in card.text.strip().splitlines()]
    shown += [*answer.suggestions, *(choice.label for choice in answer.choices)]
    assert shown and all(each in page for each in shown)
    for block in answer.safety:
        assert ui("zh-Hans")[f"topic_{block.topic}"] in page
        assert all(passage.text in page for passage in block.passages)


def test_before_anything_is_asked_there_is_a_way_to_browse(client: TestClient) -> None:
    assert 'href="/topics?lang=en"' in client.get("/?lang=en").text


def test_without_an_index_the_first_page_says_so_and_shows_contacts(
    without_index: TestClient,
) -> None:
    page = without_index.get("/?lang=en")
    assert page.status_code == 200
    assert "cannot be searched just now" in page.text
    assert 'href="tel:' in page.text


def test_the_sites_own_person_is_offered_where_set(serving: Opened) -> None:
    page = serving(talk_to_person_url="https://people.example/talk").get("/").text
    assert 'href="https://people.example/talk"' in page
