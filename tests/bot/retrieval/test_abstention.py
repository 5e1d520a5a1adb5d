"""Whether what was found answers: the signals that decide alone, and what is weighed together."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.retrieval.abstention import confidence, nothing_names_it
from bot.retrieval.evidence import carrying, evidence, missing_concepts
from bot.retrieval.ranked import retrieve
from embeddings.encoder import SentenceEncoder
from embeddings.snapshot import Snapshot
from tests.bot.retrieval.making import Corpus, hit, passage, subject

CLOSE = {
    "dense": 0.9,
    "first": 0.9,
    "lexical": 1.0,
    "margin": 0.5,
    "unseen": 0.0,
    "page": 1.0,
    "concept": 0.0,
}


def test_what_names_another_substance_is_no_answer() -> None:
    asked = subject("氯胺酮伤膀胱吗")
    assert nothing_names_it([hit(passage(substances=("heroin",)))], asked) is not None
    assert nothing_names_it([hit(passage(substances=("ketamine",)))], asked) is None
    assert nothing_names_it([], asked) is not None


def test_what_a_passage_says_of_a_class_is_of_its_members() -> None:
    asked = subject("阿片类药物会让人上瘾吗")
    assert nothing_names_it([hit(passage(substances=("heroin",)))], asked) is None


def test_a_condition_that_no_passage_speaks_of_is_missing() -> None:
    asked = subject("氯胺酮伤膀胱吗")
    assert missing_concepts([hit(passage(concepts=("liver",)))], asked) == {"bladder"}
    assert not missing_concepts([hit(passage(concepts=("bladder",)))], asked)


def test_a_mere_hint_is_never_missing() -> None:
    assert not missing_concepts([hit(passage())], subject("氯胺酮会手抖吗"))


def test_the_words_that_carry_a_question_are_those_beside_the_names() -> None:
    found = carrying(subject("does ketamine cause glaucoma"))
    assert "glaucoma" in found
    assert "ketamine" not in found


def test_words_that_no_passage_has_are_unseen(corpus: Corpus) -> None:
    there = corpus([passage("ketamine may cause glaucoma")])
    hits = [hit(found) for found in there.passages]
    seen = evidence(hits, subject("does ketamine cause glaucoma"), there)["unseen"]
    assert evidence(hits, subject("does ketamine cause scurvy"), there)["unseen"] > seen == 0


@pytest.mark.parametrize("worse", [{"unseen": 1.0}, {"concept": 1.0}, {"dense": 0.1, "first": 0.1}])
def test_what_speaks_against_an_answer_makes_it_less_sure(worse: dict[str, float]) -> None:
    assert confidence({**CLOSE, **worse}) < confidence(CLOSE)


@given(some.fixed_dictionaries({name: some.floats(-1, 5) for name in CLOSE}))
def test_how_sure_it_is_is_a_probability(found: dict[str, float]) -> None:
    assert 0 <= confidence(found) <= 1


def test_what_speaks_for_an_answer_has_a_weight_each(corpus: Corpus) -> None:
    found = evidence([hit(passage())], subject("氯胺酮的机制"), corpus([passage()]))
    assert found.keys() == CLOSE.keys()


def test_nothing_is_shown_on_what_nobody_writes_about(
    seeds: Snapshot, model: SentenceEncoder
) -> None:
    asked = "红烧肉怎么做才不柴"
    found = retrieve(seeds, model.encode([asked])[0], subject(asked), 5)
    assert not found.hits
    assert found.why
