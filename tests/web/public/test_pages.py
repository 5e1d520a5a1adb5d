"""What all pages for visitors share: headers, no cookie, no other site, a way out, a language."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from jinja2 import meta

from bot.answering.phrases import languages, ui
from tests.places import ROOT
from tests.web.conftest import PLAIN, Opened, program_of
from web.server.frame import NAMES
from web.server.templating import templates

PAGES = ("/", "/topics", "/topics?topic=overdose", "/sources", "/sources/none.txt", "/nothing")
HTML = {"Accept": "text/html"}
TEMPLATES = ROOT / "web" / "templates"
PUBLIC = [path for path in TEMPLATES.glob("*.html") if path.name != "demo.html"]


def pages(client: TestClient) -> list[str]:
    """The address of one page of every kind."""
    return [*PAGES, f"/sources/{quote(program_of(client).catalogue.documents().documents[0].id)}"]


def test_no_page_sets_a_cookie_or_lets_itself_be_kept(client: TestClient) -> None:
    for address in pages(client):
        page = client.get(address, headers=HTML)
        assert "set-cookie" not in page.headers
        assert page.headers["cache-control"] == "no-store"


def test_every_page_keeps_itself_to_itself(client: TestClient) -> None:
    for address in pages(client):
        headers = client.get(address, headers=HTML).headers
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-dns-prefetch-control"] == "off"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert {"camera=()", "geolocation=()", "microphone=()"} <= set(
            headers["permissions-policy"].split(", ")
        )
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy


def test_a_page_is_framed_only_where_the_site_says_so(client: TestClient, serving: Opened) -> None:
    assert "frame-ancestors 'self'" in client.get("/").headers["content-security-policy"]
    framed = serving(frame_ancestors="https://site.example").get("/topics")
    policy = framed.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://site.example")


def test_no_page_fetches_anything_from_elsewhere(client: TestClient) -> None:
    for address in pages(client):
        page = client.get(address, headers=HTML).text
        fetched = re.findall(r'<(?:script|link|img|iframe)\b[^>]*(?:src|href)="([^"]*)"', page)
        assert fetched
        assert all(each.startswith(("/static/", "/widget/")) for each in fetched)
        assert not re.search(r"<style|\sstyle=|\son\w+=", page)


@pytest.mark.parametrize("sheet", ["site.css", "public.css"])
def test_a_style_sheet_asks_for_nothing(client: TestClient, sheet: str) -> None:
    text = client.get(f"/static/{sheet}").text
    assert "@import" not in text
    assert all(each.startswith('"data:') for each in re.findall(r"url\(([^)]*)", text))


def test_every_page_can_be_left_at_once(client: TestClient) -> None:
    for address in pages(client):
        page = client.get(address, headers=HTML).text
        leave = re.search(r'<a class="button leave"[^>]*>', page)
        assert leave and 'rel="nofollow noreferrer"' in leave[0]
        assert 'href="https://' in leave[0]


def test_every_page_can_be_read_in_another_language(client: TestClient) -> None:
    for address in pages(client):
        page = unescape(client.get(address, headers=HTML).text)
        for tag in languages():
            [link] = re.findall(rf'<a href="([^"]*)" lang="{tag}" hreflang', page)
            other = client.get(link, headers=HTML).text
            assert f'<html lang="{tag}">' in other
            assert f'lang="{tag}" hreflang="{tag}" title="{NAMES[tag][0]}" aria-current' in other


@pytest.mark.parametrize("language", languages())
def test_every_page_says_what_it_does_not_find_and_whom_to_call(
    client: TestClient, without_index: TestClient, language: str
) -> None:
    words = ui(language)
    for page, status in (
        (client.get(f"/nothing?lang={language}", headers=HTML), 404),
        (client.put(f"/topics?lang={language}", headers=HTML), 405),
        (without_index.get(f"/sources?lang={language}", headers=HTML), 503),
        (without_index.get(f"/topics?lang={language}", headers=HTML), 503),
    ):
        assert page.status_code == status
        assert words["problem_what_now"] in unescape(page.text)
        assert words["contacts_heading"] in page.text
        assert 'href="tel:' in page.text


def test_no_template_says_anything_that_is_not_in_the_catalogue() -> None:
    for path in PUBLIC:
        source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.S)
        words = re.sub(r'<[^>]*>|\w+="[^"]*"', " ", source)
        assert set(words.split()) <= {"安渡", "SafePassage", "·", "▢", "DOI"}, path.name


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_every_variable_of_a_template_is_named_in_its_head(path: Path) -> None:
    source = path.read_text("utf-8")
    head = source.split("#}")[0] + (TEMPLATES / "public.html").read_text("utf-8").split("#}")[0]
    used = meta.find_undeclared_variables(templates.env.parse(source))
    own = {
        name for found in re.findall(r"macro (\w+)|as (\w+)|set (\w+)", source) for name in found
    }
    assert not used - own - set(re.findall(r"\w+", head)) - set(templates.env.globals)


def test_the_list_of_documents_leads_to_each_of_them(client: TestClient) -> None:
    page = client.get("/sources?lang=zh").text
    links = re.findall(r'href="(/sources/[^"?]*)\?', page)
    assert len(links) == len(program_of(client).catalogue.documents().documents)
    assert all(client.get(link).status_code == 200 for link in links)


def test_a_question_too_long_or_too_soon_is_kept_and_contacts_are_shown(serving: Opened) -> None:
    client = serving(rate_limit=1)
    long = client.post("/", data={"question": "艾司氯胺酮" * 300, "language": "en"})
    first, soon = (client.post("/", data={"question": PLAIN}) for _ in range(2))
    assert long.status_code == 413
    assert soon.status_code == 429 and int(soon.headers["retry-after"]) > 0
    assert first.status_code == 503
    for page in (long, soon):
        assert 'href="tel:' in page.text
        assert re.search(r"<textarea[^>]*>[^<]+</textarea>", page.text)
