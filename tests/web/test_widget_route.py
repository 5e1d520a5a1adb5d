"""The script of the element: what is in it, and how it is served."""

import gzip
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.contacts import load
from bot.phrases import languages, ui
from web.widget import bundle as bundling
from web.widget.bundle import PARTS, Site, bundle, catalogue, part

PLACE = Path(bundling.__file__).parent / "parts"
SITE = Site(exit="https://www.example.org/", language="zh-Hans")
BUDGET = 20 * 1024

FORBIDDEN = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "document.cookie",
    "cookieStore",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "onclick",
)

DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)


def sources() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in PLACE.glob("*.js")}


def facts(body: bytes) -> dict[str, object]:
    found = re.search(r"^const CATALOGUE = (.*);$", body.decode(), re.MULTILINE)
    assert found
    value: dict[str, object] = json.loads(found[1])
    return value


def test_the_script_with_styles_words_and_contacts_keeps_its_budget() -> None:
    assert len(gzip.compress(bundle(SITE).body, 9)) <= BUDGET


def test_the_same_settings_always_give_the_same_bytes() -> None:
    first = bundle(SITE)
    bundle.cache_clear()
    assert bundle(SITE) == first


def test_another_setting_gives_another_version() -> None:
    other = Site(exit="https://elsewhere.example/", language="zh-Hans")
    assert bundle(other).version != bundle(SITE).version


def test_every_module_is_joined_after_those_that_it_imports() -> None:
    assert set(PARTS) == set(sources())
    for place, name in enumerate(PARTS):
        needed = re.findall(r'from "\./(\w+)\.js"', sources()[name])
        assert set(needed) - {"catalogue"} <= set(PARTS[:place])


def test_no_name_is_declared_by_two_modules() -> None:
    declared = [name for source in sources().values() for name in DECLARED.findall(source)]
    assert len(declared) == len(set(declared))


def test_packing_leaves_every_text_as_it_was() -> None:
    for name, source in sources().items():
        code = "\n".join(
            line for line in source.splitlines() if not line.strip().startswith(("//", "import "))
        )
        texts = re.findall(r'"(?:[^"\\\n]|\\.)*"|`[^`\n]*`', code)
        assert all(text in part(name) for text in texts)


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_module_makes_markup_runs_text_or_stores_anything(word: str) -> None:
    assert not [name for name, source in sources().items() if word in source]


def test_no_phrase_that_the_modules_ask_for_is_missing_in_any_language() -> None:
    asked = set(re.findall(r'\bt\("(\w+)"', "\n".join(sources().values())))
    whole = {key for key in asked if not key.endswith("_")}
    starts = asked - whole
    assert {"send", "new_danger"} <= whole
    for language in languages():
        known = ui(language)
        assert not whole - set(known)
        assert all(any(key.startswith(start) for key in known) for start in starts)


def test_emergency_contacts_of_every_region_travel_with_the_script() -> None:
    contacts = catalogue(SITE, "")["contacts"]
    helped = {
        region for each in contacts if each["kind"] == "emergency" for region in each["regions"]
    }
    assert helped == {row.region for row in load().rows["en"]}
    assert all(len(each["name"]) == len(languages()) for each in contacts)


def test_first_aid_in_every_language_travels_with_the_script() -> None:
    cards = catalogue(SITE, "")["cards"]
    assert set(cards) == set(languages())
    assert all(
        card["text"].count("\n") > 2 and card["source"] for each in cards.values() for card in each
    )


def test_the_script_is_asked_for_again_and_not_sent_twice(client: TestClient) -> None:
    first = client.get("/widget.js")
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


def test_any_page_may_load_the_script(client: TestClient) -> None:
    answer = client.get("/widget.js", headers={"Origin": "https://host.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "set-cookie" not in answer.headers


def test_a_version_is_kept_for_a_year_and_another_is_not_found(client: TestClient) -> None:
    version = re.search(r'const VERSION = "(\w+)"', client.get("/widget.js").text)
    assert version
    kept = client.get(f"/widget/{version[1]}.js")
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/widget/0000.js").status_code == 404


def test_the_script_knows_where_to_leave_to(client: TestClient) -> None:
    assert str(facts(client.get("/widget.js").content)["exit"]).startswith("https://")


def test_the_demo_page_has_one_tag_and_one_element(client: TestClient) -> None:
    page = client.get("/demo?lang=en").text
    assert page.count("<script") == 1
    assert page.count("<safe-passage") == 1
