from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.text.tokens import fold, tokenise

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=20)


def test_chinese_becomes_bigrams_inside_each_run() -> None:
    assert tokenise("氯胺酮，作用") == ["氯胺", "胺酮", "作用"]


def test_a_single_character_is_kept_only_where_its_run_has_one() -> None:
    assert tokenise("K粉") == ["k", "粉"]


def test_traditional_and_simplified_give_the_same_terms() -> None:
    assert tokenise("愷他命的解離作用") == tokenise("恺他命的解离作用")


def test_latin_words_are_stemmed_and_lower_cased() -> None:
    assert tokenise("Interactions interaction USERS user's") == [
        *["interact", "interact"],
        *["user", "user"],
    ]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("28.9％", ["28.9"]),
        ("1,000～1,600", ["1000", "1600"]),
        ("2.5h", ["2.5", "h"]),
        ("10–20", ["10", "20"]),
        ("1,4-丁二醇", ["1,4", "丁二", "二醇"]),
    ],
)
def test_numbers_stay_whole(text: str, terms: list[str]) -> None:
    assert tokenise(text) == terms


@pytest.mark.parametrize(
    ("printed", "typed"),
    [("2C-B", "2cb"), ("2C‑B", "2C-B"), ("5-HT2A", "5ht2a"), ("3-MeO-PCP", "3meo-pcp")],
)
def test_a_code_name_is_found_however_it_is_written(printed: str, typed: str) -> None:
    whole = tokenise(typed)[-1]
    assert whole in tokenise(printed)


def test_the_parts_of_a_compound_are_found_too() -> None:
    assert tokenise("long-term") == ["long", "term", "longterm"]


def test_a_soft_hyphen_does_not_split_a_word() -> None:
    assert tokenise("keta\u00admine") == tokenise("ketamine")


def test_full_width_letters_are_the_same_word() -> None:
    assert tokenise("ＭＤＭＡ") == tokenise("mdma") == ["mdma"]


@pytest.mark.parametrize("text", ["", " \n", "……", "\ud800", "\x00", "🙂"])
def test_text_without_words_has_no_terms(text: str) -> None:
    assert tokenise(text) == []


def test_threads_agree() -> None:
    texts = [f"users of {n} drugs 使用者" for n in range(200)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(tokenise, texts)) == [tokenise(text) for text in texts]


@given(st.text())
def test_any_text_gives_terms_without_white_space(text: str) -> None:
    assert all(term and not any(c.isspace() for c in term) for term in tokenise(text))


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_folding_ignores_case_and_width(text: str) -> None:
    full_width = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert fold(full_width) == fold(text.upper()) == text.lower()


@given(HAN)
def test_a_run_of_n_characters_has_n_minus_one_bigrams(run: str) -> None:
    assert len(tokenise(run)) == len(fold(run)) - 1


def test_radicals_that_a_font_puts_for_characters_are_read_as_characters() -> None:
    assert tokenise("⻛险 ⻓期 ⻘少年") == tokenise("风险 长期 青少年")
