"""The traps of the three seed documents, each of them met in real documents again and again."""

import json

import pytest

from embeddings.documents import Document, Passage
from embeddings.readers import read
from embeddings.sources import Corpus
from embeddings.text.chunking import chunk
from embeddings.text.cleaning import plain, squeeze
from tests.places import ROOT

Seeds = dict[str, tuple[Document, tuple[Passage, ...]]]


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    documents = (read(*file) for file in Corpus(ROOT / "seeds").files())
    return {document.id[:3]: (document, chunk(document)) for document in documents}


def text_of(passages: tuple[Passage, ...]) -> str:
    return "\n".join(passage.text for passage in passages)


def test_all_three_are_described(seeds: Seeds) -> None:
    assert sorted(seeds) == ["000", "001", "002"]
    assert all(document.licence and document.url for document, _ in seeds.values())


def test_every_passage_is_what_is_read_in_its_run(seeds: Seeds) -> None:
    for document, passages in seeds.values():
        for passage in passages:
            assert passage.text == plain(
                document.text[passage.start : passage.end], document.markup
            )


def test_every_answer_of_the_question_set_is_within_one_passage(seeds: Seeds) -> None:
    lines = (ROOT / "tests/data/seeds_dev.jsonl").read_text(encoding="utf-8").splitlines()
    golds = [gold for line in lines for gold in json.loads(line)["gold"]]
    assert len(golds) > 30
    for gold in golds:
        _, passages = seeds[gold["doc"][:3]]
        wanted = squeeze(gold["must_contain"])
        assert any(wanted in squeeze(passage.text) for passage in passages), wanted


def test_the_wiki_page_is_named_by_its_heading_and_the_disagreement_reported(seeds: Seeds) -> None:
    document, _ = seeds["000"]
    assert document.title == "神经递质再摄取抑制剂"
    assert document.date == "2026-01-30"
    assert any("神经递质释放剂" in warning for warning in document.warnings)


def test_of_the_wiki_page_only_text_is_quoted(seeds: Seeds) -> None:
    _, passages = seeds["000"]
    assert [p.section for p in passages] == [(), ("作用机理",), ("再摄取抑制剂的类型",)]
    for furniture in ("返回", "目录", "另见", "Wikipedia", "索引页", "](", "[^", "**", "影响\n"):
        assert furniture not in text_of(passages)
    assert "包括 PCP 及其相关药物氯胺酮和地佐环平 (MK-801)。它们似乎" in passages[1].text


def test_the_footnotes_of_the_wiki_page_are_in_the_passages_that_cite_them(seeds: Seeds) -> None:
    _, passages = seeds["000"]
    assert [len(passage.references) for passage in passages] == [0, 5, 2]
    assert passages[1].references[3].startswith("Akunne, H. C.")
    assert passages[2].references[1].startswith("Kohrs, R.")


def test_the_abstract_page_is_cited_in_two_languages(seeds: Seeds) -> None:
    document, _ = seeds["001"]
    assert document.titles["zh-Hans"].startswith("超越NMDA受体:氯胺酮治疗抑郁症")
    assert document.titles["en"].startswith("Beyond NMDA Receptors: A Narrative Review")
    assert document.authors[1] == "Żukow Xawery"
    assert (document.year, document.doi) == (2024, "10.3390/ijms252413658")
    assert document.journal == "International Journal of Molecular Sciences"


@pytest.mark.parametrize("seed", ["001", "002"])
def test_the_abstracts_know_that_they_are_translations(seeds: Seeds, seed: str) -> None:
    _, passages = seeds[seed]
    english = {p.id: p for p in passages if p.section == ("Abstract",)}
    chinese = {p.id: p for p in passages if p.section == ("摘要",)}
    assert {p.language for p in english.values()} == {"en"}
    assert {p.language for p in chinese.values()} == {"zh-Hans"}
    for these, those in ((english, chinese), (chinese, english)):
        for passage in these.values():
            assert passage.translations
            assert set(passage.translations) <= set(those)
        assert {other for p in these.values() for other in p.translations} == set(those)


def test_of_the_abstract_page_only_the_abstracts_are_quoted(seeds: Seeds) -> None:
    _, passages = seeds["001"]
    assert {passage.section for passage in passages} == {("Abstract",), ("摘要",)}
    for furniture in ("免费", "PubMed", "Suppr", "Poland", "jpg", "文献检索", "深度研究", "Antos"):
        assert furniture not in text_of(passages)


def test_the_review_has_no_chinese_title_and_gives_the_english_one(seeds: Seeds) -> None:
    document, _ = seeds["002"]
    assert document.title == "Advances in ketamine therapy for multiple psychiatric disorders"
    assert set(document.titles) == {"en"}
    assert document.authors == ("Zhang Kai", "Cheng Zhaoyang", "Wang Yuting")
    assert (document.year, document.doi) == (2025, "10.11886/scjsws20250531003")
    assert document.journal is None


def test_the_headings_of_the_review_make_paths(seeds: Seeds) -> None:
    _, passages = seeds["002"]
    three = "3 氯胺酮在精神疾病中的应用"
    assert list(dict.fromkeys(passage.section for passage in passages)) == [
        ("摘要",),
        ("Abstract",),
        (),
        ("1 药理学特性",),
        ("2 对映异构体——艾司氯氨酮与R-氯胺酮",),
        (three, "3.1 抑郁症"),
        (three, "3.1 抑郁症", "3.1.1 NMDA受体相关机制"),
        (three, "3.1 抑郁症", "3.1.2 非NMDA受体依赖机制"),
        (three, "3.2 双相情感障碍"),
        (three, "3.3 成瘾性疾病", "3.3.1 酒精使用障碍（alcohol use disorder，AUD）"),
        (three, "3.3 成瘾性疾病", "3.3.2 阿片类药物使用障碍（opioid use disorder，OUD）"),
        (three, "3.4 其他精神疾病", "3.4.1 创伤后应激障碍（post-traumatic stress disorder，PTSD）"),
        (three, "3.4 其他精神疾病", "3.4.2 强迫症（obsessive-compulsive disorder，OCD）"),
        ("4 药物安全性与不良反应",),
    ]


@pytest.mark.parametrize(
    "run",
    [
        "自杀意念干预中的快速起效作用而备受关注",
        "引发酒精戒断综合征（alcohol withdrawal syndrome，AWS），表现为",
        "（0.5 mg/kg）可在 72小时内缓解",
        "清除率高（1000~1600 mL/min",
        "约有 28.9%的患者",
        "分子量 237.73，pKa为 7.5",
        "安慰剂组［10-11］。总之",
        "其对映异构体艾司氯氨酮和R-氯胺酮",
        "这可能与氯胺酮能够选择性增强BDNF信号传导",
    ],
)
def test_the_review_is_read_over_lines_pages_and_spaces(seeds: Seeds, run: str) -> None:
    assert run in text_of(seeds["002"][1])


def test_of_the_review_s_head_only_the_abstracts_are_quoted(seeds: Seeds) -> None:
    for furniture in (
        "关键词",
        "中图分类号",
        "Hospital",
        "zhangkai",
        "Funded",
        "gxyqZD",
        "⁃",
        "\u3000",
    ):
        assert furniture not in text_of(seeds["002"][1])


def test_passages_are_of_a_length_to_quote_and_end_with_a_sentence(seeds: Seeds) -> None:
    for _, passages in seeds.values():
        for passage in passages:
            assert 120 <= len(passage.text) <= 1100
            assert passage.text[-1] in "。."
            assert "\n\n" not in passage.text
