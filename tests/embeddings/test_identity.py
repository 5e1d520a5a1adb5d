"""Names made of a content."""

from hypothesis import given
from hypothesis import strategies as st

from embeddings.identity import identity, lettered


@given(st.lists(st.text(max_size=20), min_size=1, max_size=3))
def test_equal_parts_have_equal_names_of_letters(parts: list[str]) -> None:
    name = identity(*parts)
    assert name == identity(*parts)
    assert len(name) == 16
    assert name.isalpha()


def test_parts_are_told_apart() -> None:
    assert identity("ab", "c") != identity("a", "bc")


def test_a_hash_never_reads_like_an_amount() -> None:
    assert lettered("3131f7cc") == "jhjhfncc"
