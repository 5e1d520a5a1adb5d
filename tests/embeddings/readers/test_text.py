from pathlib import Path

from embeddings.documents import Document, Source
from embeddings.readers import read
from embeddings.text.chunking import chunk

PROSE = "氯胺酮是一种解离性的麻醉药物，近年来也被用来治疗难治的抑郁症，其机制还不十分清楚。"


def parsed(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read(path, "a.txt", Source("s"))


def paths(document: Document) -> list[tuple[str, ...]]:
    return [passage.section for passage in chunk(document)]


def test_a_document_that_nobody_titles_says_so(tmp_path: Path) -> None:
    named = tmp_path / "a.txt"
    document = parsed(tmp_path, PROSE)
    assert (document.title, document.untitled) == ("a", True)
    assert not read(named, "a.txt", Source("s", title="解离")).untitled
    assert not read(named, "a.txt", Source("s", titles={"zh-Hans": "解离"})).untitled
    named.with_suffix(".md").write_text(f"# 解离\n\n{PROSE}", encoding="utf-8")
    assert not read(named.with_suffix(".md"), "a.md", Source("s")).untitled


def test_numbered_headings_make_a_path(tmp_path: Path) -> None:
    text = f"1 背景\n{PROSE}\n2 方法\n{PROSE}甲。\n2. 1　设计　\n{PROSE}乙。\n"
    assert paths(parsed(tmp_path, text)) == [("1 背景",), ("2 方法",), ("2 方法", "2.1 设计")]


def test_a_heading_over_two_lines_is_one(tmp_path: Path) -> None:
    text = f"1　阿片类药物使用障碍（opioid use disorder，\nOUD）　\n\n{PROSE}"
    assert paths(parsed(tmp_path, text)) == [("1 阿片类药物使用障碍（opioid use disorder，OUD）",)]


def test_a_heading_glued_to_its_text_is_cut_off(tmp_path: Path) -> None:
    document = parsed(tmp_path, f"1　背景　{PROSE}")
    assert paths(document) == [("1 背景",)]
    assert chunk(document)[0].text == PROSE


def test_lines_of_a_numbered_list_are_no_headings(tmp_path: Path) -> None:
    document = parsed(tmp_path, f"{PROSE}\n1. 跪在身旁\n2. 摆好手臂\n3. 翻向侧面\n")
    assert paths(document) == [()]
    assert "2. 摆好手臂" in chunk(document)[0].text


def test_a_line_that_begins_with_a_number_is_no_heading(tmp_path: Path) -> None:
    text = f"{PROSE}有研究显示，氯胺酮在静脉输注后\n2 小时内起效，其效果可以维持数日\n{PROSE}"
    assert paths(parsed(tmp_path, text)) == [()]


def test_an_article_s_head_is_read_and_not_quoted(tmp_path: Path) -> None:
    document = parsed(tmp_path, f"""某某医学网

氯胺酮治疗抑郁症的机制与前景的叙述性综述

Ketamine in Depression: A Narrative Review of Mechanisms.

作者信息

Doe Jane, Żak Piotr

出版信息

J Examples. 2023 May 2;5(4):136. doi: 10.1234/abc.5678.

Abstract

Ketamine is an anaesthetic that has been found to help many people with depression.

摘要

{PROSE}

https://example.org/picture.jpg

文件翻译

保留排版,准确专业,支持许多不同的文件格式,也支持许多种语言之间的翻译。

免费翻译文档
""")  # fmt: skip
    assert document.titles == {
        "zh-Hans": "氯胺酮治疗抑郁症的机制与前景的叙述性综述",
        "en": "Ketamine in Depression: A Narrative Review of Mechanisms",
    }
    assert document.authors == ("Doe Jane", "Żak Piotr")
    assert (document.year, document.doi) == (2023, "10.1234/abc.5678")
    english, chinese = chunk(document)
    assert (english.section, english.language) == (("Abstract",), "en")
    assert (chinese.section, chinese.language) == (("摘要",), "zh-Hans")
    assert english.translations == (chinese.id,)
    assert chinese.translations == (english.id,)


def test_text_after_keywords_is_text_again(tmp_path: Path) -> None:
    document = parsed(tmp_path, f"【摘要】 {PROSE}\n\n【关键词】 氯胺酮；抑郁症\n\n{PROSE * 2}\n")
    assert paths(document) == [("摘要",), ()]


def test_a_list_of_references_is_no_passage(tmp_path: Path) -> None:
    document = parsed(
        tmp_path, f"1 背景\n{PROSE[:-1]}［1］。\n\n参考文献\n［1］ Doe J. A title. 2020.\n"
    )
    assert [passage.references for passage in chunk(document)] == [("Doe J. A title. 2020.",)]
