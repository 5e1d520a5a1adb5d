from collections.abc import Sequence

import pytest

from bot.screening.passages import safe
from bot.substances.glossary import Page, mine, page_from, subjects_of, to_rows, with_pages
from bot.substances.naming import curated
from bot.vocabulary.text import Text
from embeddings.documents import Document, Section
from embeddings.text.chunking import chunk


def document(name: str, title: str, text: str) -> Document:
    whole = Section((), 0, len(text))
    return Document(name, "s", title, text, "markdown", "0" * 64, sections=(whole,))


def pages_of(*documents: Document) -> tuple[Page, ...]:
    return mine(documents, {d.id: chunk(d) for d in documents}, safe)


TABLE = """
| 化学信息 | {title} |
| --- | --- |
| 分子式 | C<sub>19</sub>H<sub>21</sub> |
| 常见名称 | {names} |
| 精神活性分类 | {kind} |
"""


def wiki_page(title: str, names: str, kind: str = "兴奋剂", lead: str = "") -> Document:
    text = TABLE.format(title=title, names=names, kind=kind) + "\n" + lead
    return document(f"{title}.md", title, text)


def named(pages: Sequence[Page], question: str) -> frozenset[str]:
    return with_pages(pages).named(Text(question))


def test_names_in_the_table_of_a_page_find_its_substance() -> None:
    pages = pages_of(wiki_page("苏扎普隆", "苏扎普隆（Suzaplon）、思梦宁（Dormex，原研药商品名）"))
    (substance,) = subjects_of(pages)["苏扎普隆.md"]
    for question in ("思梦宁上瘾吗", "is suzaplon addictive", "Dormex 会怎样", "苏扎普隆伤肝吗"):
        assert named(pages, question) == {substance}


def test_notes_beside_a_name_are_no_names() -> None:
    (page,) = pages_of(wiki_page("苏扎普隆", "苏扎普隆（速释）、思梦宁（Dormex，原研药商品名）"))
    assert "原研药商品名" not in page.names
    assert "速释" not in page.names


def test_a_page_on_a_known_substance_adds_names_to_it() -> None:
    pages = pages_of(wiki_page("哌甲酯", "哌甲酯、聪明宁片"))
    assert subjects_of(pages) == {"哌甲酯.md": ["methylphenidate"]}
    assert named(pages, "聪明宁片能配酒吗") >= {"methylphenidate"}


def test_a_name_that_a_curated_substance_bears_stays_its_own() -> None:
    pages = pages_of(wiki_page("苏扎普隆", "苏扎普隆、K粉"))
    assert named(pages, "K粉上瘾吗") == {"ketamine"}


def test_a_name_that_two_pages_claim_belongs_to_neither() -> None:
    pages = pages_of(wiki_page("苏扎普隆", "苏扎普隆、梦境胶囊"), wiki_page("克扎普隆", "梦境胶囊"))
    assert named(pages, "梦境胶囊上瘾吗") == frozenset()


def test_an_everyday_word_counts_only_in_the_company_of_drugs() -> None:
    pages = pages_of(wiki_page("苏扎普隆", "苏扎普隆、Window"))
    assert named(pages, "I broke a window yesterday") == frozenset()
    assert named(pages, "snorting window, withdrawal symptoms") == {"page:苏扎普隆"}


def test_a_title_in_capitals_is_no_everyday_word() -> None:
    pages = pages_of(wiki_page("MET", "MET、甲基乙基色胺"))
    assert named(pages, "MET和LSD有什么区别") >= {"page:MET"}
    assert named(pages, "I met somebody on LSD") == {"lsd"}


def test_what_the_first_sentence_calls_its_subject_is_a_name() -> None:
    lead = "苏扎普隆（Suzaplon），也被称为梦宁酮，是一种催眠药。"
    pages = pages_of(document("a.md", "苏扎普隆", lead))
    assert named(pages, "梦宁酮伤肝吗") == {"page:苏扎普隆"}


def test_a_page_about_an_idea_is_no_substance() -> None:
    pages = pages_of(document("a.md", "旅程保姆", "旅程保姆是陪伴使用者的人。\n\n要冷静。"))
    assert subjects_of(pages) == {}
    assert named(pages, "旅程保姆要做什么") == frozenset()


def test_a_substance_of_a_page_has_the_classes_of_its_table() -> None:
    pages = pages_of(wiki_page("苏扎普隆", "苏扎普隆", kind="抑制剂 / 致幻剂"))
    assert with_pages(pages).classes_of(["page:苏扎普隆"]) == {"depressant", "psychedelic"}


def test_a_name_that_tells_an_amount_is_none() -> None:
    (page,) = pages_of(wiki_page("苏扎普隆", "苏扎普隆、每次吃20毫克"))
    assert all("毫克" not in name for name in page.names)


def test_the_name_of_a_receptor_is_no_substance() -> None:
    pages = pages_of(wiki_page("加巴酸", "加巴酸"))
    assert named(pages, "氯胺酮作用在加巴酸受体上吗") == {"ketamine"}


def test_pages_come_back_from_a_snapshot_as_they_were() -> None:
    pages = pages_of(wiki_page("苏扎普隆", "苏扎普隆、Window"))
    assert tuple(page_from(row) for row in to_rows(pages)) == pages


def test_without_pages_the_curated_names_count() -> None:
    assert with_pages([]) is curated()


@pytest.mark.parametrize("word", ["药物过量", "注意事项"])
def test_a_page_called_like_a_topic_is_no_substance(word: str) -> None:
    text = f"{word}指的是使用的量太大。\n"
    assert subjects_of(pages_of(document("a.md", word, text))) == {}


@pytest.mark.parametrize(
    ("lead", "question"),
    [
        ("**苏扎普隆**，商品名为**思梦宁**（Dormex），是一种镇静剂。", "Is Dormex addictive?"),
        ("2-苏扎林（**苏扎普隆**）是一种镇静剂。", "2-苏扎林会上瘾吗"),
        (
            "⚠️ 请务必小心。\n**苏扎普隆**（也称为**普隆素**，商品名有**Sleepex**和**Dorm**）是药。",
            "Sleepex?",
        ),
        ("- [苏扎普隆（Wikipedia）](https://en.wikipedia.org/wiki/Suzaplon)", "Is suzaplon safe?"),
    ],
)
def test_names_in_brackets_behind_notes_and_in_links_are_found(lead: str, question: str) -> None:
    assert named(pages_of(wiki_page("苏扎普隆", "苏扎普隆", lead=lead)), question)


def test_what_stands_in_brackets_behind_something_else_is_no_name() -> None:
    lead = "**苏扎普隆**（Suza）是克扎普隆（商品名Kzolex）的一半。"
    pages = pages_of(wiki_page("苏扎普隆", "苏扎普隆", lead=lead))
    assert not named(pages, "Kzolex withdrawal")


def test_who_states_a_name_in_its_table_has_it_before_who_mentions_it() -> None:
    lead = "**克扎普隆**来自苏扎草，苏扎草也被称为梦境草。"
    pages = pages_of(wiki_page("苏扎草", "梦境草"), wiki_page("克扎普隆", "克扎普隆", lead=lead))
    assert named(pages, "梦境草上瘾吗") == {"page:苏扎草"}


def test_two_pages_on_one_substance_are_one_claimant() -> None:
    pages = pages_of(
        document("a.md", "哌甲酯", wiki_page("哌甲酯", "聪明宁片").text),
        document("b.md", "利他林", wiki_page("利他林", "聪明宁片").text),
    )
    assert named(pages, "聪明宁片能配酒吗") >= {"methylphenidate"}


def test_a_group_is_no_name_of_its_member() -> None:
    (page,) = pages_of(wiki_page("苏扎普隆", "苏扎普隆、苏扎林类物质"))
    assert page.names == ("苏扎普隆",)


def test_the_only_english_name_of_a_page_counts_like_its_title() -> None:
    pages = pages_of(
        wiki_page("酪氨酸", "酪氨酸（Tyrosine）"), wiki_page("替利定", "替利定、Darby、Valoron")
    )
    found = subjects_of(pages)
    assert named(pages, "tyrosine legal status anywhere?") == {*found["酪氨酸.md"]}
    assert not named(pages, "darby legal status anywhere?")
    assert named(pages, "valoron legal status anywhere?") == {*found["替利定.md"]}


def test_one_character_that_is_a_word_by_itself_is_no_name_of_a_page() -> None:
    pages = pages_of(wiki_page("氢可酮", "氢可酮、当、维柯丁"))
    assert subjects_of(pages)["氢可酮.md"]
    assert not named(pages, "当时和酒一起会怎样") & named(pages, "维柯丁会上瘾吗")
    assert all("当" not in page.names for page in pages)
