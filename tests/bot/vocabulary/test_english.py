import pytest

from bot.vocabulary.english import is_english


@pytest.mark.parametrize(
    "word",
    ["bladder", "withdrawl", "clubgoers", "greenies", "synaesthesia", "snorted"],
)
def test_words_that_are_misspelt_inflected_compound_or_learned_are_english(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["proketamin", "semaglutide", "wegovy", "thozalinone"])
def test_names_of_medicines_are_not(word: str) -> None:
    assert not is_english(word)
