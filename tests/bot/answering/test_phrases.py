"""The catalogue says the same in three languages, without numbers and without judging."""

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from opencc import OpenCC

from bot.answer import MARK
from bot.answering import phrases
from bot.answering.wording import SHIPPED
from bot.screening.doses import find
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

LANGUAGES = phrases.languages()
JUDGING = re.compile(
    r"addict\b|addicts|junkie|abuser|substance abuse|stay clean|drug-free|druggie"
    r"|瘾君子|吸毒|毒虫|瘾者|复吸|戒毒|癮君子|毒蟲|癮者|復吸|毒品"
)


def every_text(language: Language) -> list[str]:
    catalogue = phrases._catalogues()[language]
    cards = [card["text"] for card in catalogue["first_aid"].values()]
    return [text for table in phrases.FLAT for text in catalogue[table].values()] + cards


@pytest.fixture
def catalogues() -> dict[Language, dict[str, Any]]:
    return copy.deepcopy({language: dict(phrases._load(language)) for language in LANGUAGES})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_judges_people_who_use_drugs(language: Language) -> None:
    assert [text for text in every_text(language) if JUDGING.search(text.lower())] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_holds_a_digit(language: Language) -> None:
    assert [text for text in every_text(language) if re.search(r"\d", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_taken_for_an_amount(language: Language) -> None:
    assert [text for text in every_text(language) if find(text)] == []


def test_traditional_is_written_in_traditional_characters() -> None:
    traditional = OpenCC("s2tw")
    texts = [text for text in every_text("zh-Hant") if text != "简体中文"]
    assert [text for text in texts if traditional.convert(text) != text] == []


def test_the_mark_in_the_sentences_is_the_mark_in_the_passages() -> None:
    for language in LANGUAGES:
        assert MARK in SHIPPED.message("withheld_passages", language).text
        assert MARK in phrases.ui(language)["viewer_withheld_note"]


def test_a_sentence_is_filled_with_its_values() -> None:
    said = SHIPPED.message("safety_silent", "en", topic="overdose", name="ketamine")
    assert said.id == "safety_silent"
    assert "overdose for ketamine" in said.text


def test_an_unknown_sentence_is_refused() -> None:
    with pytest.raises(CatalogueInvalid, match="no_such_id"):
        SHIPPED.message("no_such_id", "en")


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(CatalogueInvalid, match="name"):
        SHIPPED.message("safety_silent", "en", topic="overdose")


def test_braces_in_a_value_stay_as_they_are() -> None:
    said = SHIPPED.message("safety_silent", "en", topic="x", name="{name.__class__}")
    assert "{name.__class__}" in said.text


def test_no_id_means_two_things() -> None:
    for language in LANGUAGES:
        catalogue = phrases._catalogues()[language]
        ids = [key for table in (*phrases.SAID, "ui") for key in catalogue[table]]
        assert len(ids) == len(set(ids))


def test_every_emergency_and_crisis_text_can_say_that_nobody_reads_it() -> None:
    for language in LANGUAGES:
        assert phrases.ui(language)["nobody_reads_this_now"]
        assert phrases.ui(language)["header_not_a_person"]


def test_the_catalogues_as_shipped_pass_their_own_check(
    catalogues: dict[Language, dict[str, Any]],
) -> None:
    phrases.check(catalogues)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", [*phrases.FLAT, "first_aid"])
def test_a_sentence_missing_in_one_language_is_found(
    catalogues: dict[Language, dict[str, Any]], table: str, language: Language
) -> None:
    missing, _ = catalogues[language][table].popitem()
    with pytest.raises(CatalogueInvalid, match=missing):
        phrases.check(catalogues)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "empty"),
        ("Wait 5 minutes", "digits"),
        ("等５分钟", "digits"),
        ("{topic}", "placeholders"),
        ("{topic} {name", "filled in"),
    ],
)
def test_a_bad_sentence_is_found(
    catalogues: dict[Language, dict[str, Any]], text: str, complaint: str
) -> None:
    catalogues["en"]["messages"]["safety_silent"] = text
    with pytest.raises(CatalogueInvalid, match=complaint):
        phrases.check(catalogues)


def test_a_missing_table_is_found(catalogues: dict[Language, dict[str, Any]]) -> None:
    del catalogues["en"]["problems"]
    with pytest.raises(CatalogueInvalid, match="problems"):
        phrases.check(catalogues)


def test_a_card_without_a_source_is_found(catalogues: dict[Language, dict[str, Any]]) -> None:
    catalogues["en"]["first_aid"]["seizure"] = {"text": "Stay.", "source": " "}
    with pytest.raises(CatalogueInvalid, match="source"):
        phrases.check(catalogues)


def test_an_unreadable_catalogue_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(phrases, "__file__", str(tmp_path / "phrases.py"))
    with pytest.raises(CatalogueInvalid, match=r"en\.toml"):
        phrases._load("en")


def test_words_handed_out_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        phrases.ui("en")["send"] = "x"  # type: ignore[index]


def test_the_review_pages_have_all_words_of_the_interface() -> None:
    assert phrases.ui("en").keys() <= phrases.review("en").keys()
