"""The words of the moderators' pages are there in every language."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from bot.answer import AnswerKind
from bot.phrases import languages
from bot.review import words as module
from bot.review.tables import VERDICTS
from bot.review.words import words
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid


@pytest.mark.parametrize("language", languages())
def test_every_verdict_and_every_kind_has_a_name(language: Language) -> None:
    keys = {f"verdict_{name}" for name in VERDICTS}
    keys |= {f"kind_of_answer_{kind}" for kind in get_args(AnswerKind)}
    assert keys <= words(language).keys()


def test_the_same_places_are_filled_in_every_language() -> None:
    tables = tomllib.loads(module.FILE.read_text("utf-8"))
    places = [
        {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in table.items()}
        for table in tables.values()
    ]
    assert places[0] == places[1] == places[2]


def test_a_word_that_one_language_lacks_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = module.FILE.read_text("utf-8").replace('site = "Site"\n', "")
    spoilt = tmp_path / "words.toml"
    spoilt.write_text(file, "utf-8")
    monkeypatch.setattr(module, "FILE", spoilt)
    words.cache_clear()
    with pytest.raises(CatalogueInvalid):
        words("en")
    words.cache_clear()
