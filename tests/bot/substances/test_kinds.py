"""Which pages are about a substance: by what they say, not by how their file is called."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.screening.passages import safe
from bot.substances.glossary import mine, subjects_of
from embeddings.documents import Document, Section, Source
from embeddings.readers import read
from embeddings.text.chunking import chunk

FILLER = "这里有几句话说明这一点，好让这一节里有足够多的文字可以引用，不至于被略去。"


def subjects(*documents: Document) -> Sequence[str]:
    """The substances that the documents are about, of all of them in a row."""
    found = subjects_of(mine(documents, {each.id: chunk(each) for each in documents}, safe))
    return [name for each in documents for name in found.get(each.id, [])]


def written(folder: Path, name: str, text: str) -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path, name, Source("s"))


def sections(*headings: str, of: str = "") -> str:
    return "\n\n".join(f"## {heading}\n\n{of}{heading}：{FILLER}" for heading in headings)


@pytest.mark.parametrize("name", ["x.txt", "l.md", "t.md", "heroin.txt", "Ice.md", "冰.txt"])
def test_what_a_file_is_called_makes_no_drug_of_its_page(tmp_path: Path, name: str) -> None:
    text = "The library opens at nine. Bring the card that you were sent, and ask at the desk."
    document = written(tmp_path, name, text)
    assert document.untitled
    assert subjects(document) == []


def test_a_name_that_means_something_else_too_is_none_though_the_page_speaks_of_a_drug(
    tmp_path: Path,
) -> None:
    text = "In this chapter MDMA is compared with others. Several people spoke of MDMA with us."
    assert subjects(written(tmp_path, "x.txt", text)) == []
    assert subjects(written(tmp_path, "x.md", f"# X\n\n{text}")) == []


def test_a_file_named_after_a_drug_is_its_page_where_the_text_speaks_of_it(tmp_path: Path) -> None:
    text = "Heroin binds to receptors in the brain. People who take heroin may stop breathing."
    assert subjects(written(tmp_path, "heroin.txt", text)) == ["heroin"]


def test_a_street_name_above_a_text_that_says_the_proper_name_is_a_title(tmp_path: Path) -> None:
    text = "# Ice\n\nThis is what people call methamphetamine that looks like glass."
    document = written(tmp_path, "one.md", text)
    assert not document.untitled
    assert subjects(document) == ["methamphetamine"]


def test_a_known_name_in_a_title_needs_a_page_that_speaks_of_it(tmp_path: Path) -> None:
    empty = written(tmp_path, "阿托品.md", f"# 阿托品\n\n{FILLER}")
    row = written(
        tmp_path, "b.md", "# Phenibut\n\n| 常用名称 | β-苯基-γ-氨基丁酸 |\n| --- | --- |\n"
    )
    assert subjects(empty) == []
    assert subjects(row) == ["phenibut"]


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("认知效应", ("依赖", "效应", "相互作用", "机制", "毒性")),
        ("负责任的用药", ("依赖", "效应", "相互作用")),
        ("如果你已经成瘾了", ("依赖", "戒断", "化学")),
        ("禁毒法概要", ("法律地位", "毒性", "依赖")),
        ("9. 右美沙芬的生理效应", ("效应", "药理", "药代动力学")),
        ("Enhancement", ("Effects", "Mechanism", "Toxicity")),
    ],
)
def test_pages_of_effects_laws_and_guides_are_no_substances(
    tmp_path: Path, title: str, headings: Sequence[str]
) -> None:
    text = f"# {title}\n\n{title}：{FILLER}\n\n{sections(*headings)}"
    assert subjects(written(tmp_path, "page.md", text)) == []


@pytest.mark.parametrize(
    "lead",
    [
        "# Agonist\n\nAn agonist is a chemical that binds to a receptor and activates it.",
        "# 激动剂\n\n激动剂是一种结合到细胞受体上并激活该受体的化学物质。",
        "# 受体蛋白\n\n受体是一类能传导信号的分子。\n\n" + sections("化学", "机制", "药代动力学"),
    ],
)
def test_what_anything_may_be_to_a_body_is_no_substance(tmp_path: Path, lead: str) -> None:
    assert subjects(written(tmp_path, "page.md", lead)) == []


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("苏扎普隆", "苏扎普隆是一种镇静药物。"),
        ("苏扎普隆", sections("药理", "药代动力学", "相互作用", of="苏扎普隆")),
        ("Suzaplon", sections("Chemistry", "Mechanism", "Withdrawal", of="Suzaplon")),
        ("苏扎普隆", sections("化学", "药理", "毒性", "依赖", "相互作用", "法律", of="苏扎普隆")),
        ("苏扎类物质", sections("化学", "毒性", "法律地位")),
        ("苏扎抑制剂", sections("效应", "药理", "相互作用")),
        ("苏扎普隆", "| 常用名 | 苏扎片 |\n| --- | --- |\n| 精神活性分类 | 抑制剂 |"),
    ],
)
def test_a_page_that_says_so_is_about_a_substance_of_its_own(
    tmp_path: Path, title: str, said: str
) -> None:
    text = f"# {title}\n\n{said}\n\n{FILLER}"
    assert subjects(written(tmp_path, "page.md", text)) == [f"page:{title}"]


def test_a_guide_with_the_table_of_a_drug_is_not_another_drug(tmp_path: Path) -> None:
    table = "| 常用名 | DMT、N,N-DMT |\n| --- | --- |\n| 分子式 | C12H16N2 |\n| 化学类别 | 色胺 |"
    guide = written(tmp_path, "a.md", f"# DMT诺曼法\n\n{table}\n\n{FILLER}")
    page = written(tmp_path, "b.md", f"# DMT\n\n{table}\n\n{FILLER}")
    assert subjects(guide, page) == ["dmt"]


def test_the_name_of_a_wiki_and_what_is_written_above_the_line_are_no_part_of_a_title() -> None:
    text = "右美沙芬会让人与身体分离。" + FILLER
    document = read_as(text, "右美沙芬^解离、抗抑郁^", "右美沙芬 | OverdoseWiki")
    (page,) = mine([document], {document.id: chunk(document)}, safe)
    assert page.substance == "dextromethorphan"
    assert page.names == ("右美沙芬",)


def read_as(text: str, title: str, other: str) -> Document:
    """A document with a title in the text and another in its front matter."""
    whole = Document("a.md", "s", title, text, "markdown", "0" * 64, titles={"zh-Hant": other})
    return replace(whole, sections=(Section((), 0, len(text)),))
