"""The script of the element: what is in it, and how it is served."""

import base64
import gzip
import re
from dataclasses import replace
from hashlib import sha384
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

import pytest
from fastapi.testclient import TestClient

from bot.answering.contacts import load
from bot.answering.phrases import languages, ui
from bot.answering.wording import SHIPPED, wording_of
from bot.overrides import ContactEdit, Overrides
from tests.places import DOCS
from tests.web.conftest import Opened
from web.api.schemas import Reason
from web.server.settings import Settings
from web.server.site import Site, site_of
from web.widget import bundle as bundling
from web.widget import packing
from web.widget.bundle import PARTS, bundle
from web.widget.catalogue import OTHERWISE, catalogue, danger_at_hand, keys_used, numbered

PAGE = DOCS / "widget.md"
PLACE = Path(bundling.__file__).parent / "parts"
SITE = Site(exit="https://www.example.org/", language="zh-Hans")
BUDGET = 20_000

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
    "indexedDB",
    "caches",
    "onclick",
)

DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)


def sources() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in PLACE.glob("*.js")}


def code() -> str:
    return "\n".join(sources().values())


def tables() -> dict[str, set[str]]:
    """The first column of every table of the guide, in the words between backticks, by heading."""
    found: dict[str, set[str]] = {}
    heading = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif line.startswith("| `"):
            names = re.findall(r"`([\w-]+)(?:\([^`]*\))?`", line.split("|")[1])
            found.setdefault(heading, set()).update(names)
    return found


@pytest.mark.parametrize("groups", [False, True])
def test_the_script_with_styles_words_and_contacts_keeps_its_budget(groups: bool) -> None:
    if find_spec("minify") is None:
        pytest.skip("tdewolff-minify is not installed")
    site = replace(SITE, groups=groups)
    assert len(gzip.compress(bundle(site, SHIPPED).body, 9)) <= BUDGET


def test_where_questions_are_grouped_consent_is_asked_for_that_too() -> None:
    grouped = bundle(replace(SITE, groups=True), SHIPPED).body.decode()
    for language in languages():
        note = ui(language)["consent_grouped"].strip()
        assert note in grouped
        assert note not in bundle(SITE, SHIPPED).body.decode()


@pytest.mark.parametrize("log", ["redacted", "counts", "off"])
def test_questions_are_grouped_only_where_they_are_kept_and_the_owner_says_so(log: str) -> None:
    for wanted in (False, True):
        settings = Settings.model_validate({"log": log, "conversations": wanted})
        assert site_of(settings).groups is (wanted and log == "redacted")


def test_the_reasons_for_a_thumb_down_are_those_that_the_interface_takes() -> None:
    named, _ = keys_used(code())
    start = "feedback_reasons_"
    assert [key[len(start) :] for key in named if key.startswith(start)] == list(get_args(Reason))


def test_no_key_that_travels_by_number_is_handed_on_by_name() -> None:
    handed = re.findall(r't\([^()"]+"(\w+)"(?: : "(\w+)")?', code())
    assert not OTHERWISE & {key for each in handed for key in each}


def test_without_the_minifier_the_script_is_larger_and_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = bundling.joined(SITE, SHIPPED)
    monkeypatch.setattr(packing, "minify", None)
    large = bundling.joined(SITE, SHIPPED)
    assert len(large) > len(small)
    assert "customElements.define" in large


def test_the_same_settings_always_give_the_same_bytes() -> None:
    first = bundle(SITE, SHIPPED)
    bundling.bundle.cache_clear()
    assert bundle(SITE, SHIPPED) == first


def test_another_setting_gives_another_version() -> None:
    other = Site(exit="https://elsewhere.example/", language="zh-Hans")
    assert bundle(other, SHIPPED).version != bundle(SITE, SHIPPED).version


def test_a_corrected_number_is_in_the_script_at_once() -> None:
    rows = tuple(table[0].model_copy(update={"phone": "999 999"}) for table in load().rows.values())
    old = load().rows["en"][0]
    edit = ContactEdit("x", (old.region, old.kind, old.phone, old.reach), rows)
    before = bundle(SITE, SHIPPED)
    after = bundle(SITE, wording_of(Overrides(version=1, contacts=(edit,))))
    assert b"999 999" in after.body
    assert b"999 999" not in before.body
    assert after.version != before.version


def test_every_module_is_joined_after_those_that_it_imports() -> None:
    assert set(PARTS) == set(sources())
    for place, name in enumerate(PARTS):
        needed = re.findall(r'from "\./(\w+)\.js"', sources()[name])
        assert set(needed) - {"catalogue"} <= set(PARTS[:place])


def test_every_import_is_one_line() -> None:
    imports = [line for line in code().splitlines() if line.startswith("import ")]
    assert all(re.fullmatch(r'import \{ .+ \} from "\./\w+\.js";', line) for line in imports)


def test_no_name_is_declared_by_two_modules() -> None:
    declared = [name for source in sources().values() for name in DECLARED.findall(source)]
    assert len(declared) == len(set(declared))


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_module_makes_markup_runs_text_or_stores_anything(word: str) -> None:
    assert not [name for name, source in sources().items() if word in source]


def test_one_module_alone_knows_of_the_storage_of_a_tab() -> None:
    assert [name for name, source in sources().items() if "sessionStorage" in source] == ["session"]


def test_no_phrase_that_the_modules_ask_for_is_missing_in_any_language() -> None:
    asked = set(re.findall(r'\bt\("(\w+)"', code()))
    whole = {key for key in asked if not key.endswith("_")}
    starts = asked - whole
    assert {"send", "new_danger"} <= whole
    for language in languages():
        known = ui(language)
        assert not whole - set(known)
        assert all(any(key.startswith(start) for key in known) for start in starts)


def test_a_key_is_written_as_the_place_of_its_phrase() -> None:
    named, counted = keys_used(code())
    place = int(re.findall(r"t\((\d+)\)", numbered('t("send")t("kind_" + x)' + code()))[0])
    assert (named + counted)[place] == "send"
    assert catalogue(SITE, code(), SHIPPED)["phrases"]["en"][place] == ui("en")["send"]
    assert "kind_review" in named


def test_emergency_contacts_of_every_region_travel_with_the_script() -> None:
    contacts = catalogue(SITE, "", SHIPPED)["contacts"]
    helped = {
        region for each in contacts if each["kind"] == "emergency" for region in each["regions"]
    }
    assert helped == {row.region for row in load().rows["en"]}
    assert all(len(each["name"]) == len(languages()) for each in contacts)


def test_first_aid_in_every_language_travels_with_the_script() -> None:
    cards = catalogue(SITE, "", SHIPPED)["cards"]
    assert set(cards) == set(languages())
    assert all(
        card["text"].count("\n") > 2 and card["source"] for each in cards.values() for card in each
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我朋友叫不醒，嘴唇发紫", "emergency"),
        ("他昏倒了，沒有呼吸", "emergency"),
        ("he is not breathing", "emergency"),
        ("i want to die", "crisis"),
        ("不想活了", "crisis"),
        ("想自殺", "crisis"),
        ("艾司氯胺酮的不良反应有哪些？", None),
        ("how does ketamine work?", None),
        ("the kmsauto tool", None),
    ],
)
def test_plain_words_of_danger_are_seen_in_both_scripts(text: str, kind: str | None) -> None:
    seen = (each for each, words in danger_at_hand().items() if re.search(words, text, re.ASCII))
    assert next(seen, None) == kind


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


def version_of(client: TestClient) -> str:
    found = re.search(r'const VERSION = "(\w+)"', client.get("/widget.js").text)
    assert found
    return found[1]


def test_a_version_is_kept_for_a_year_and_one_never_made_is_not_found(client: TestClient) -> None:
    kept = client.get(f"/widget/{version_of(client)}.js")
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/widget/aaaaaaaaaaaaaaaa.js").status_code == 404
    assert client.get("/widget/..%2Frecords.js").status_code == 404


def test_a_pinned_script_outlives_an_upgrade(serving: Opened) -> None:
    before = serving()
    version = version_of(before)
    body = before.get("/widget.js").content
    after = serving(exit_url="https://elsewhere.example/")
    assert version_of(after) != version
    assert after.get(f"/widget/{version}.js").content == body


@pytest.mark.parametrize("path", ["/widget.js", "/widget/{version}.js", "/demo"])
def test_the_head_of_everything_can_be_asked_for(client: TestClient, path: str) -> None:
    assert client.head(path.format(version=version_of(client))).status_code == 200


def test_the_demo_says_how_to_pin_the_script(client: TestClient) -> None:
    page = client.get("/demo?lang=en").text
    body = client.get(f"/widget/{version_of(client)}.js").content
    digest = base64.b64encode(sha384(body).digest()).decode()
    assert f"/widget/{version_of(client)}.js" in page
    assert f"sha384-{digest}" in page.replace("&#43;", "+")


@pytest.mark.parametrize("place", ["", "&place=inline&look=blue", "&look=nonsense"])
def test_the_demo_page_has_one_tag_and_one_element(client: TestClient, place: str) -> None:
    page = client.get(f"/demo?lang=en{place}").text
    assert page.count("<script") == 1
    assert page.count("<safe-passage ") == 1


def test_the_guide_lists_exactly_the_attributes_that_there_are() -> None:
    observed = re.search(r"observedAttributes = \[(.*?)\]", sources()["element"], re.DOTALL)
    assert observed
    there = set(re.findall(r'"([\w-]+)"', observed[1]))
    read = set(re.findall(r'(?:getAttribute|attribute)\("([\w-]+)"\)', code())) - {"lang"}
    assert tables()["Attributes"] == there
    assert read <= there


def test_the_guide_lists_exactly_the_methods_and_events_that_there_are() -> None:
    public = re.findall(r"^  (?:async )?([a-z]\w*)\(.*\) \{$", sources()["element"], re.MULTILINE)
    told = set(re.findall(r'[tT]ell\("(\w+)"', code()))
    lifecycle = {name for name in public if name.endswith("Callback")} | {"constructor"}
    methods = set(public) - lifecycle
    assert methods == {"open", "close", "ask", "reset", "getVersion"}
    assert tables()["Methods and events"] == methods | {f"safepassage-{name}" for name in told}


def test_the_guide_lists_exactly_the_properties_that_can_be_set() -> None:
    sheet = (PLACE.parent / "widget.css").read_text(encoding="utf-8")
    there = set(re.findall(r"(--sp-[\w-]+)", sheet))
    assert tables()["Colours, type and sizes"] == there
