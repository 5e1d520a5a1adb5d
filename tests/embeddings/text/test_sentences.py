"""Sentences of Chinese and English text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("氯胺酮会上瘾。它也伤膀胱！", 2),
        ("It is, e.g. in clubs, common. It harms.", 2),
        ("半衰期为 2.5 小时。", 1),
        ("1. First\n2. Second", 2),
        ("他问“会死吗？”的时候已经晚了。", 1),
        ("Smith et al. 2010 found it.", 1),
        ("第一句。［10-11］第二句。", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@given(st.text("氯胺酮a b.。!？\n“”[1]", max_size=60))
def test_every_character_that_is_seen_is_in_one_sentence(text: str) -> None:
    spans = sentences(text)
    inside = [place for start, end in spans for place in range(start, end)]
    assert len(inside) == len(set(inside))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(inside)
    assert spans == sorted(spans)
