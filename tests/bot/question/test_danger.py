"""The plainest words of danger, which also stand in the page itself, against the whole triage."""

import pytest

from bot.question import danger
from bot.vocabulary.matching import Folded
from embeddings.datafiles import table
from tests.bot.asking import triage

TABLES = table(danger.__file__, "danger.toml")
PHRASES = [
    (kind, language, phrase)
    for kind, table in TABLES.items()
    for language, phrases in table.items()
    for phrase in phrases
]
SAID = {
    "zh-Hans": "我朋友{}，怎么办",
    "zh-Hant": "我朋友{}，怎麼辦",
    "en": "help my friend, {} what do i do",
}


def test_both_kinds_have_words_in_every_language() -> None:
    assert {(kind, language) for kind, language, _ in PHRASES} == {
        (kind, language) for kind in ("emergency", "crisis") for language in SAID
    }


@pytest.mark.parametrize(("kind", "language", "phrase"), PHRASES)
def test_a_plain_word_of_danger_is_danger_to_the_triage_too(
    kind: str, language: str, phrase: str
) -> None:
    seen = triage(SAID[language].format(phrase))
    assert seen.emergency or seen.crisis


@pytest.mark.parametrize(("kind", "language", "phrase"), PHRASES)
def test_a_plain_word_of_danger_is_written_as_it_is_compared(
    kind: str, language: str, phrase: str
) -> None:
    assert phrase == phrase.strip().casefold()
    if language != "zh-Hant":
        assert Folded.of(phrase).text == phrase
