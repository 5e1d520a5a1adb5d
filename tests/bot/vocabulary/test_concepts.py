import pytest

from bot.retrieval.subject import spoken_of
from bot.substances.naming import curated
from bot.vocabulary.concepts import concepts, needed, other_words
from bot.vocabulary.text import Text


@pytest.mark.parametrize("text", ["舌头发麻", "热狗"])
def test_a_longer_word_that_means_something_else_is_no_concept(text: str) -> None:
    assert concepts(Text(text)).isdisjoint({"hair", "pets"})


def test_a_word_inside_the_name_of_a_substance_is_no_concept() -> None:
    assert "coffee" not in spoken_of(Text("戒咖啡因头疼吗"), curated())
    assert "coffee" in spoken_of(Text("氯胺酮和咖啡"), curated())


def test_a_hint_is_searched_for_in_both_languages_and_needed_by_nobody() -> None:
    found = concepts(Text("吃完手抖得厉害"))
    assert found == {"tremor"}
    assert needed(found) == frozenset()
    assert {"颤抖", "tremor"} <= {*other_words(found)}


def test_a_concept_is_needed() -> None:
    assert needed(concepts(Text("青光眼病人能用吗"))) == {"glaucoma"}


def test_who_takes_something_or_what_for_is_no_concept() -> None:
    assert "sports" not in concepts(Text("健身吃的肌酸对脑子好吗"))
    assert "sports" in concepts(Text("吃了肌酸健身会怎样"))
