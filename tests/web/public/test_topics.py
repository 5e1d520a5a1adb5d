"""The page for browsing: a form of questions that needs no script and puts none in an address."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from bot.corpus.browsing import browse
from bot.substances.glossary import names_of
from tests.web.conftest import program_of
from web.public import topics as page_of_topics


def buttons(page: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'name="question" value="([^"]*)"', page)]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_question_stands_on_the_page_as_a_button(client: TestClient, language: str) -> None:
    snapshot = program_of(client).library.current()
    groups = browse(snapshot, language, names_of(snapshot))
    asked = [o.question for group in groups for each in group.entries for o in each.offers]
    page = client.get(f"/topics?lang={language}").text
    assert buttons(page) == asked
    assert f'<html lang="{language}">' in page


def test_a_button_gets_an_answer_from_the_form(client: TestClient) -> None:
    [first, *_] = buttons(client.get("/topics?lang=zh").text)
    page = client.post("/", data={"question": first, "language": "zh-Hans", "log": "no"})
    assert page.status_code == 200
    assert "<blockquote" in page.text


def test_one_topic_shows_the_questions_on_it_alone(client: TestClient) -> None:
    page = client.get("/topics?topic=dependence&lang=zh").text
    assert buttons(page)
    assert all("上瘾" in each for each in buttons(page))
    assert 'aria-current="page"' in page


def test_an_unknown_topic_or_group_shows_everything(client: TestClient) -> None:
    everything = buttons(client.get("/topics?lang=zh").text)
    odd = client.get("/topics", params={"topic": "<b>x", "group": "<i>y", "lang": "zh"})
    assert buttons(odd.text) == everything
    assert "<b>x" not in odd.text and "<i>y" not in odd.text


def test_where_there_is_much_each_class_has_a_page(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of_topics, "MUCH", 0)
    snapshot = program_of(client).library.current()
    groups = browse(snapshot, "en", names_of(snapshot))
    page = client.get("/topics?lang=en").text
    assert buttons(page) == []
    for group in groups:
        assert f"/topics?group={group.id}&amp;lang=en" in page
        asked = [offer.question for each in group.entries for offer in each.offers]
        assert buttons(client.get(f"/topics?group={group.id}&lang=en").text) == asked


def test_no_address_on_the_page_holds_a_question(client: TestClient) -> None:
    page = client.get("/topics?lang=zh").text
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', page)
    assert not [each for each in addresses if re.search("[\u4e00-\u9fff]", unescape(each))]


def test_without_an_index_there_are_contacts_and_a_way_on(without_index: TestClient) -> None:
    page = without_index.get("/topics")
    assert page.status_code == 503
    assert 'href="tel:' in page.text
    assert 'href="/?lang=' in page.text
