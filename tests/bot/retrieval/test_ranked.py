from dataclasses import replace

import numpy as np
import pytest

from bot.retrieval.features import features_of, prior
from bot.retrieval.label_index import LabelIndex, label_index
from bot.retrieval.ranked import allowed_for, own_language
from bot.retrieval.repeats import folded
from bot.retrieval.weights import ranking
from bot.substances.glossary import names_of
from bot.substances.unknown import unknown_name, unknown_partner, unknown_year
from bot.vocabulary.text import Text
from tests.bot.retrieval.making import Corpus, hit, passage, subject


def allowed(corpus: Corpus, asked: str, *named: tuple[str, ...]) -> list[bool] | None:
    found = corpus([passage(f"p{n}", substances=names) for n, names in enumerate(named)])
    mask = allowed_for(label_index(found), subject(asked))
    return None if mask is None else mask.tolist()


def test_one_substance_must_be_named_itself(corpus: Corpus) -> None:
    assert allowed(corpus, "芬太尼上瘾吗", ("fentanyl",), ("opioid",)) == [True, False]


def test_of_two_substances_one_may_be_named_by_its_class(corpus: Corpus) -> None:
    named = (("ketamine", "opioid"), ("ketamine", "heroin"), ("ketamine",))
    assert allowed(corpus, "海洛因和氯胺酮能一起用吗", *named) == [True, True, False]


def test_of_three_substances_two_are_enough(corpus: Corpus) -> None:
    named = (("ketamine", "alcohol"), ("ketamine",), ("alcohol", "heroin"))
    assert allowed(corpus, "氯胺酮、酒精和海洛因一起会怎样", *named) == [True, False, True]


@pytest.mark.parametrize(
    ("asked", "unknown"), [("氯胺酮和益生菌能一起吃吗", "益生菌"), ("氯胺酮和豆浆能一起喝吗", None)]
)
def test_what_no_passage_on_a_substance_names_beside_it_is_unknown(
    corpus: Corpus, asked: str, unknown: str | None
) -> None:
    found = corpus([passage("与豆浆同服。", substances=("ketamine",)), passage("益生菌。")])
    about = allowed_for(label_index(found), subject(asked))
    assert unknown_partner(Text(asked), names_of(found), found, about) == unknown


def test_a_class_is_no_condition(corpus: Corpus) -> None:
    assert allowed(corpus, "停安眠药要慢慢减吗", ("hypnotic",), ()) is None


def test_what_helps_a_person_need_not_name_the_substance(corpus: Corpus) -> None:
    assert allowed(corpus, "喝酒断片了该怎么急救", ("alcohol",), ()) is None


def test_a_heading_on_the_topic_is_a_sign(corpus: Corpus) -> None:
    found = corpus([passage("p0", on=("dependence",)), passage("p1", on=("legal",))])
    told = features_of(label_index(found), subject("氯胺酮会上瘾吗"))
    assert told["heading"].tolist() == [1.0, 0.0]


def test_a_table_is_ranked_below_prose(corpus: Corpus) -> None:
    found = corpus([passage("p0", form=("table",)), passage("p1", form=("prose",))])
    added = prior(label_index(found), subject("氯胺酮的机制"))
    assert added[0] < added[1]


def test_every_language_has_its_weights() -> None:
    for language in ("zh-Hans", "zh-Hant", "en"):
        found = ranking(language)
        assert found.weights.lexical > 0
        assert found.features["table"] < found.features["prose"]


def test_labels_without_a_passage_are_an_empty_mask(corpus: Corpus) -> None:
    found = LabelIndex(corpus([passage("p0")]))
    assert not found.bearing("substances", ["ketamine"]).any()
    assert not found.naming_all("substances", ["ketamine", "alcohol"]).any()


def test_of_two_passages_that_say_the_same_the_better_stays() -> None:
    text = "酒精与其他抑制剂一起使用会危险地加重呼吸抑制，可能导致失去意识和死亡。"
    hits = [hit(passage(words)) for words in (text, text + "喵", "完全不同的一段话。")]
    assert [h.passage.text for h in folded(hits, 5)] == [text, "完全不同的一段话。"]
    assert [h.passage.text for h in folded(hits, 1)] == [text]


@pytest.mark.parametrize("asked", ["司美格鲁肽会上瘾吗", "Is metformin safe with alcohol?"])
def test_a_medicine_that_no_document_names_is_unknown(corpus: Corpus, asked: str) -> None:
    found = corpus([passage("氯胺酮 ketamine")])
    assert unknown_name(Text(asked), names_of(found), found) is not None


@pytest.mark.parametrize("asked", ["氯硝西泮能和酒一起吗", "is ketamine addictive", "利培酮伤肝吗"])
def test_a_medicine_that_is_known_or_spoken_of_is_not_unknown(corpus: Corpus, asked: str) -> None:
    found = corpus([passage("利培酮是一种抗精神病药，利培酮很常用。")])
    assert unknown_name(Text(asked), names_of(found), found) is None


@pytest.mark.parametrize(
    "asked",
    ["Does proketamin cause bladder damage?", "wegovy会上瘾吗", "络活喜会上瘾吗", "4-HO-MXE有毒吗"],
)
def test_a_name_of_no_known_shape_is_unknown_too(corpus: Corpus, asked: str) -> None:
    found = corpus([passage("氯胺酮 ketamine MXE"), passage("会上瘾，有毒")])
    assert unknown_name(Text(asked), names_of(found), found) is not None


@pytest.mark.parametrize(
    "asked",
    [
        "is it addcitive to vape",
        "how do clubgoers cope with anhedonia",
        "那一直吃会上瘾吗",
        "为什么有人会成瘾",
        "ni hao zhege dongxi hui shangyin ma",
    ],
)
def test_words_misspelt_rare_or_in_pinyin_are_no_names(corpus: Corpus, asked: str) -> None:
    found = corpus([passage("氯胺酮 ketamine")])
    assert unknown_name(Text(asked), names_of(found), found) is None


def test_beside_a_word_that_the_documents_have_another_is_no_stranger(corpus: Corpus) -> None:
    found = corpus([passage("匹莫林 pemoline")])
    assert unknown_name(Text("thozalinone比pemoline强吗"), names_of(found), found) is None
    assert unknown_name(Text("thozalinone强吗"), names_of(found), found) == "thozalinone"


@pytest.mark.parametrize(
    ("asked", "unknown"),
    [("how many people used ketamine in 2022", "2022"), ("2023年有人用吗", "2023")],
)
def test_a_year_that_no_passage_has_is_unknown(corpus: Corpus, asked: str, unknown: str) -> None:
    found = corpus([passage("2019年的调查")])
    assert unknown_year(Text(asked), found, None) == unknown
    assert unknown_year(Text("2019年的调查"), found, None) is None
    assert unknown_year(Text("2025年了还有人用吗"), found, None) is None


def test_where_nobody_compares_two_each_is_spoken_of(corpus: Corpus) -> None:
    found = corpus([passage("p0", substances=("ketamine",)), passage("p1", substances=("heroin",))])
    index = label_index(found)
    compared = allowed_for(index, subject("氯胺酮和海洛因有什么区别"))
    assert compared is not None
    assert compared.all()
    mixed = allowed_for(index, subject("氯胺酮和海洛因能一起用吗"))
    assert mixed is not None
    assert not mixed.any()


def test_within_the_corpus_nothing_is_asked_that_is_not_masked(corpus: Corpus) -> None:
    found = corpus([passage("p0", substances=("ketamine",)), passage("p1")])
    mask = allowed_for(label_index(found), subject("氯胺酮的机制"))
    assert isinstance(mask, np.ndarray)
    assert mask.shape == (2,)


def test_of_two_translations_the_one_in_the_questions_language_stays() -> None:
    english, chinese = passage("e", "en"), passage("c", "zh-Hans")
    pair = (
        hit(replace(english, translations=("c",))),
        hit(replace(chinese, translations=("e",))),
    )
    kept = own_language(pair, subject("氯胺酮的机制"))
    assert [h.passage.language for h in kept] == ["zh-Hans"]
