from dataclasses import replace

from bot.retrieval import names_subject, own_language, silence
from bot.subject import Subject, subject_of
from embeddings.documents import Language, Passage
from embeddings.search import Hit


def passage(text: str = "", language: Language = "zh-Hans", **labels: tuple[str, ...]) -> Passage:
    return Passage(text, "d", 0, 1, text, (), language, labels=labels)


def hit(found: Passage, fused: float = 0.9) -> Hit:
    return Hit(found, fused, 0.5, 5.0)


def subject(asked: str) -> Subject:
    return subject_of(asked)


def test_one_substance_must_be_named_itself() -> None:
    asked = subject("芬太尼上瘾吗")
    assert names_subject(passage(substances=("fentanyl",)), asked)
    assert not names_subject(passage(substances=("opioid",)), asked)


def test_of_two_substances_one_may_be_named_by_its_class() -> None:
    asked = subject("海洛因和氯胺酮能一起用吗")
    assert names_subject(passage(substances=("ketamine", "opioid")), asked)
    assert names_subject(passage(substances=("ketamine", "heroin")), asked)
    assert not names_subject(passage(substances=("ketamine",)), asked)


def test_a_concept_that_no_passage_speaks_of_silences() -> None:
    asked = subject("氯胺酮伤膀胱吗")
    assert silence((hit(passage(concepts=("liver",))),), asked) is not None
    assert silence((hit(passage(concepts=("bladder",))),), asked) is None


def test_a_weak_best_passage_silences() -> None:
    assert silence((hit(passage(), 0.01),), subject("氯胺酮的机制")) is not None


def test_of_two_translations_the_one_in_the_questions_language_stays() -> None:
    english, chinese = passage("e", "en"), passage("c", "zh-Hans")
    pair = (
        hit(replace(english, translations=("c",))),
        hit(replace(chinese, translations=("e",))),
    )
    kept = own_language(pair, subject("氯胺酮的机制"))
    assert [h.passage.language for h in kept] == ["zh-Hans"]
