"""Whom to call: every place has an emergency number, and none is older than its source says."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.answering import contacts, phrases
from bot.screening.doses import find
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

EU = [
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
    "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
]  # fmt: skip
# From memory or called old by the research: never to be shipped.
UNSEEN = [
    "010-83132345", "010-63131122", "800-810-1117", "8008101117", "12320", "02-2871-7121",
    "2852 5222", "1-800-88-8099", "03-7627 2929", "1-833-456-4566", "0800 77 66 00",
    "1800-221-4444",
]  # fmt: skip
POLICE_OR_FIRE = {"CN": {"110", "119"}, "TW": {"110"}, "SG": {"999"}, "MY": {"994"}}
ROW = """
[[contacts]]
regions = ["XA"]
kind = "{kind}"
phone = "{phone}"
name = {{ zh-Hans = "a", zh-Hant = "b", en = "c" }}
source = "{source}"
verified_on = 2026-01-31
"""
HEAD = """
[unknown_region]
zh-Hans = []
zh-Hant = []
en = []
[hours]
"""


def written(folder: Path, *rows: str) -> Path:
    path = folder / "contacts.toml"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def row(kind: str = "emergency", phone: str = "112", source: str = "a page") -> str:
    return ROW.format(kind=kind, phone=phone, source=source)


SHIPPED = contacts.corrected()


def digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


@pytest.mark.parametrize("region", EU)
def test_every_state_of_the_european_union_has_its_number(region: str) -> None:
    [emergency] = SHIPPED.resources(region, "en", ["emergency"])
    assert (emergency.phone, emergency.region) == ("112", region)


def test_nothing_from_memory_is_shipped() -> None:
    shipped = {digits(phone) for phone in SHIPPED.phones}
    assert shipped.isdisjoint(map(digits, UNSEEN))


@pytest.mark.parametrize("region", POLICE_OR_FIRE)
def test_an_ambulance_is_called_and_not_the_police(region: str) -> None:
    called = {each.phone for each in SHIPPED.resources(region, "en", ["emergency"])}
    assert called
    assert called.isdisjoint(POLICE_OR_FIRE[region])


@pytest.mark.parametrize("asked", ["cn", " CN ", "CN"])
def test_a_region_is_read_in_any_case(asked: str) -> None:
    shown = SHIPPED.resources(asked, "zh-Hans")
    assert {each.region for each in shown} == {"CN"}
    assert [each.kind for each in shown] == ["emergency", "crisis", "crisis"]


def test_a_code_that_people_write_finds_the_country() -> None:
    assert SHIPPED.resources("UK", "en") == SHIPPED.resources("GB", "en")


@pytest.mark.parametrize("region", [None, "", "JP", "china", "\x00", "XX" * 1000])
def test_an_unknown_region_shows_the_places_of_the_language(region: str | None) -> None:
    assert SHIPPED.code(region) is None
    shown = SHIPPED.resources(region, "zh-Hans")
    assert [each.region for each in shown[:3]] == ["CN", "HK", "TW"]
    assert [each.kind for each in shown[:3]] == ["emergency"] * 3
    assert SHIPPED.resources(region, "zh-Hant")[0].region == "HK"


def test_english_without_a_region_shows_the_big_emergency_numbers() -> None:
    shown = SHIPPED.resources(None, "en", ["emergency"])
    assert [each.phone for each in shown] == ["911", "999", "112", "000"]


@pytest.mark.parametrize(
    ("interface", "asked_in", "places"),
    [
        ("en", "zh-Hans", ["CN", "HK", "TW", "US", "GB", "EU", "AU"]),
        ("zh-Hans", "en", ["US", "GB", "EU", "AU", "CN", "HK", "TW"]),
        ("zh-Hans", "zh-Hant", ["HK", "TW", "MO", "CN"]),
        ("en", "en", ["US", "GB", "EU", "AU"]),
    ],
)
def test_without_a_region_the_places_of_the_questions_language_come_first(
    interface: Language, asked_in: Language, places: list[str]
) -> None:
    shown = SHIPPED.resources(None, interface, ["emergency"], asked_in)
    assert [each.region for each in shown] == places


def test_a_region_that_is_known_is_not_changed_by_the_questions_language() -> None:
    assert SHIPPED.resources("GB", "en", None, "zh-Hans") == SHIPPED.resources("GB", "en")


def test_only_the_kinds_asked_for_are_shown() -> None:
    shown = SHIPPED.resources("HK", "zh-Hant", ["drugs", "emergency"])
    assert [each.kind for each in shown] == ["emergency", "drugs", "drugs"]


def test_names_are_in_the_readers_language() -> None:
    names = {SHIPPED.resources("HK", each, ["emergency"])[0].name for each in ("zh-Hans", "en")}
    assert len(names) == 2


@pytest.mark.parametrize("language", phrases.languages())
def test_no_word_about_a_contact_is_taken_for_an_amount(language: Language) -> None:
    shown = [
        row
        for region in ("CN", "HK", "TW", "MO", "SG", "MY", "US", "CA", "GB", "DE", "AU", "NZ")
        for row in SHIPPED.resources(region, language)
    ]
    words = [word for row in shown for word in (row.name, row.hours, row.run_by, row.note) if word]
    assert [word for word in words if find(word)] == []


def test_nobody_has_rung_the_numbers_yet_and_the_program_says_so() -> None:
    stale = SHIPPED.stale(date(2026, 11, 21))
    assert {each.phone for each in stale} == SHIPPED.phones
    assert sum(each.phone == "112" for each in stale) == 1


@pytest.mark.parametrize(
    ("today", "is_stale"),
    [(date(2026, 2, 1), False), (date(2027, 1, 30), False), (date(2027, 1, 31), True)],
)
def test_a_number_goes_stale_a_year_after_somebody_rang(
    tmp_path: Path, today: date, is_stale: bool
) -> None:
    assert bool(contacts.load(written(tmp_path, row())).stale(today)) is is_stale


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([row(kind="crisis")], "no emergency number for XA"),
        ([row(phone="call us")], "no code and number"),
        ([row(phone="112"), row(phone="112")], "twice"),
        ([row(source=" ")], "no source"),
        ([row(kind="police")], "XA is wrong"),
        ([row().replace("en = ", "fr = ")], "lacks 'en'"),
        ([row() + 'hours = "never"\n'], "lacks 'never'"),
        ([row() + 'hour = "x"\n'], "XA is wrong"),
        (["[[contacts]\n"], "is no TOML"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, rows: list[str], complaint: str) -> None:
    with pytest.raises(CatalogueInvalid, match=complaint):
        contacts.load(written(tmp_path, *rows))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueInvalid, match="cannot be read"):
        contacts.load(tmp_path / "contacts.toml")
