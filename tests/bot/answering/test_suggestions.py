"""Questions that are offered."""

from bot.answering.suggestions import askable, did_you_mean, question_about, suggest
from bot.substances.glossary import names_of
from bot.substances.naming import curated
from embeddings.snapshot import Snapshot
from tests.bot.asking import named, subject_of


def test_a_question_names_its_substance_in_the_script_of_the_reader() -> None:
    assert question_about("dependence", "ketamine", "zh-Hant", curated()) == "氯胺酮會上癮嗎？"
    assert "ketamine" in question_about("overdose", "ketamine", "en", curated())


def test_what_is_offered_is_about_the_substance_asked_about_and_another_topic(
    seeds: Snapshot,
) -> None:
    asked = frozenset({"dependence"})
    offered = suggest(seeds, frozenset({"ketamine"}), asked, "zh-Hans", names_of(seeds))
    assert offered
    assert all("ketamine" in named(question) for question in offered)
    assert not any("上瘾" in question for question in offered)


def test_the_first_questions_differ_in_topic(seeds: Snapshot) -> None:
    first = [question for _, question in askable(seeds, "en", names_of(seeds))[:3]]
    assert len({question.split()[0] for question in first}) > 1 or len(set(first)) == 3


def test_a_name_that_is_nearly_known_is_offered_and_not_assumed(seeds: Snapshot) -> None:
    names = names_of(seeds)
    near = did_you_mean(seeds, subject_of("does cetamine harm", names=names), "en")
    assert [choice.label for choice in near][:1] == ["ketamine"]
    assert near[0].question == "does ketamine harm"
    assert did_you_mean(seeds, subject_of("does ketamine harm", names=names), "en") == ()
