"""A text with what was found in it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.vocabulary.matching import Phrases
from bot.vocabulary.text import Text, key

WORDS = Phrases([("k粉", 1), ("special k", 2)])


def test_what_was_found_is_not_sought_again() -> None:
    asked: list[int] = []
    text = Text("K粉")
    for _ in range(3):
        assert text.once("length", lambda: asked.append(1) or len(text.original)) == 2  # type: ignore[func-returns-value]
    assert asked == [1]


def test_two_texts_of_the_same_words_share_nothing() -> None:
    one, other = Text("K粉"), Text("K粉")
    one.once("seen", lambda: True)
    assert other.once("seen", lambda: False) is False


def test_phrases_are_found_in_the_folded_text() -> None:
    assert [hit.value for hit in Text("Ｋ粉 and Special-K").hits(WORDS)] == [1, 2]


def test_a_text_never_shows_its_words() -> None:
    assert "粉" not in repr(Text("K粉"))


@given(st.text(max_size=30))
def test_a_key_has_nothing_but_letters_and_digits_and_is_its_own_key(text: str) -> None:
    assert all(character.isalnum() for character in key(text))
    assert key(key(text)) == key(text)


def test_spellings_of_one_name_have_one_key() -> None:
    assert (
        len({key(name) for name in ("Special K", "special-k", "SPECIALK", "ｓｐｅｃｉａｌ ｋ")})
        == 1
    )
    assert key("愷他命") == key("恺他命")
