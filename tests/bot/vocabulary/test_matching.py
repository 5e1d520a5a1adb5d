"""Words in a text as it stands, compared with looking for each of them at each place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vocabulary.matching import Words

LETTERS = st.text("ab1 -药吃了", max_size=4)
LISTS = st.lists(LETTERS.filter(bool), max_size=6)


def whole(text: str, start: int, word: str) -> bool:
    """Say the rule once more, as a person would."""
    if any(letter not in "ab1 -" for letter in word):
        return True
    before, after = text[:start][-1:], text[start + len(word) :][:1]
    number = word[0] == "1" and before == "1"
    return before not in ("a", "b") and after not in ("a", "b") and not number


def naive(text: str, words: list[str]) -> set[tuple[int, int]]:
    return {
        (start, start + len(word))
        for word in words
        for start in range(len(text))
        if text.startswith(word, start) and whole(text, start, word)
    }


@given(st.text("ab1 -药吃了", max_size=24), LISTS, LISTS)
def test_what_is_found_is_what_stands_there(text: str, words: list[str], never: list[str]) -> None:
    longer = naive(text, [word for word in never if word not in words])
    meant = {
        (start, end)
        for start, end in naive(text, words)
        if not any(a <= start and end <= b for a, b in longer)
    }
    found = Words(words, never)
    assert found.places(text) == sorted(meant)
    for place in range(len(text) + 1):
        ends = [end - start for start, end in naive(text, words) if start == place]
        assert found.length(text, place) == max(ends, default=0)
        assert found.at(text, place) == bool(ends)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("吃了两片", ["吃了"]),
        ("小吃了", []),
        ("took it", ["took"]),
        ("mistook it", []),
        ("2took", ["took"]),
        ("1688", ["1688"]),
        ("21688", []),
        ("吃了吃了took", ["吃了", "吃了", "took"]),
    ],
)
def test_chinese_stands_anywhere_and_latin_as_a_whole_word(text: str, found: list[str]) -> None:
    words = Words(["吃了", "Took", "1688"], ["小吃了"])
    assert [text[start:end] for start, end in words.places(text)] == found


def test_no_words_are_nowhere() -> None:
    assert Words([], ["吃"]).places("吃") == []
    assert not Words([]).at("吃", 0)
