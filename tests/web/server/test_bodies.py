"""Whatever was sent, its words can be read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.server.bodies import sent

WORDS = "他叫不醒了"


def test_a_good_body_gives_its_fields() -> None:
    body = sent(json.dumps({"question": f" {WORDS} ", "limit": 3}).encode())
    assert (body.text("question"), body.fields["limit"], body.problem) == (WORDS, 3, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_body_may_come_in_the_encodings_that_people_use(encoding: str) -> None:
    text = json.dumps({"question": WORDS}, ensure_ascii=False)
    assert sent(text.encode(encoding)).text("question") == WORDS


@pytest.mark.parametrize(
    "body",
    [
        f'{{"question": "{WORDS}", ',
        f'{{"question": "{WORDS}',
        f"{{'question': '{WORDS}'}}",
        f"question={WORDS}",
        WORDS,
        json.dumps({"question": WORDS})[:-1],
    ],
)
def test_a_body_that_is_no_json_leaves_its_words(body: str) -> None:
    read = sent(body.encode())
    assert WORDS in read.words
    assert read.problem == "body-unreadable"


def test_a_form_leaves_its_words() -> None:
    assert WORDS in sent(b"question=%E4%BB%96%E5%8F%AB%E4%B8%8D%E9%86%92%E4%BA%86").words


@pytest.mark.parametrize("value", [[WORDS], {"text": WORDS}, [[{"a": [WORDS]}]]])
def test_a_question_of_a_wrong_type_leaves_its_words(value: object) -> None:
    read = sent(json.dumps({"question": value}).encode())
    assert read.text("question") is None
    assert WORDS in read.words


@pytest.mark.parametrize("value", ["", "  \n", "\x00", 5, None, True, [], {}])
def test_an_empty_question_is_none(value: object) -> None:
    assert not sent(json.dumps({"question": value}).encode()).text("question")


def test_a_body_that_was_cut_is_too_long_even_where_it_can_be_read() -> None:
    assert sent(b'{"question": "x"}', cut=True).problem == "question-too-long"


def test_half_a_surrogate_pair_and_nul_do_not_come_through() -> None:
    text = sent(rb'{"question": "a\ud83db\u0000c"}').text("question")
    assert text is not None
    assert text.encode("utf-8").decode() == text
    assert "\0" not in text


def test_json_nested_too_deeply_is_unreadable_and_no_crash() -> None:
    assert sent(b"[" * 50_000).problem == "body-unreadable"


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(body: bytes) -> None:
    read = sent(body)
    read.words.encode("utf-8")
    assert read.problem in (None, "body-unreadable")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(json_values)
def test_any_json_can_be_read(value: object) -> None:
    read = sent(json.dumps(value).encode())
    assert (read.problem is None) == isinstance(value, dict)
