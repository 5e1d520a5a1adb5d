from pathlib import Path

import pytest

from embeddings.documents import Document, Source
from embeddings.errors import SourceUnreadable
from embeddings.readers import read
from embeddings.text.chunking import chunk

PAGE = """---
title: 旧标题
published: true
date: 2026-01-30T08:48:26.146Z
---

# 新标题 [¶](#新标题)

[◀返回](/文档/home.md)

![图](/a.png)

图的说明

**新标题**是一种物质，它的作用在下面各节里有说明。[^1]

## 目录

* [1 作用](#作用)

## 作用

更多信息：[别的页面](/b.md)

这里说明它的作用，这一段是正文。

### **[躯体效应](/x.md)** ![](/y.png)

* [恶心](/n.md) - 剂量高时常见，通常不久就会过去。

| [甲](/1.md) | [乙](/2.md) |
| --- | --- |
| [丙](/3.md) | [丁](/4.md) |

## 讨论

其他网站上的讨论：

* [论坛](https://example.org/forum)

## 参考文献

[^1]: Smith, J. *A title*. [doi](https://doi.org/10.1/2).
"""


def parsed(
    tmp_path: Path, text: str, name: str = "page.md", source: Source | None = None
) -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path, name, source or Source("wiki"))


def test_the_first_heading_is_the_title_and_a_disagreement_is_reported(tmp_path: Path) -> None:
    page = parsed(tmp_path, PAGE)
    assert page.title == "新标题"
    assert page.titles == {"zh-Hans": "新标题"}
    assert page.date == "2026-01-30"
    assert any("旧标题" in warning and "新标题" in warning for warning in page.warnings)


def test_only_text_becomes_passages_under_its_headings(tmp_path: Path) -> None:
    found = {passage.section: passage.text for passage in chunk(parsed(tmp_path, PAGE))}
    assert found == {
        (): "新标题是一种物质，它的作用在下面各节里有说明。",
        ("作用",): "这里说明它的作用，这一段是正文。",
        ("作用", "躯体效应"): "恶心 - 剂量高时常见，通常不久就会过去。",
    }


def test_a_footnote_is_resolved_in_the_passage_that_cites_it(tmp_path: Path) -> None:
    first, second, *_ = chunk(parsed(tmp_path, PAGE))
    assert first.references == ("Smith, J. A title. doi.",)
    assert second.references == ()


def test_linked_numbers_are_resolved_in_the_list_of_references(tmp_path: Path) -> None:
    page = parsed(tmp_path, """# 体位

可以按照以下步骤将昏迷者置于恢复体位。[\\[2\\]](#cite_note-b-2)

## 参考文献

1. [↑](#cite_ref-1) One.
2. ↑ [2.0](#cite_ref-b_2-0) [2.1](#cite_ref-b_2-1) [*Two*](https://b.org).
""")  # fmt: skip
    assert chunk(page)[0].references == ("Two.",)


def test_a_page_that_forbids_changes_is_withheld_as_a_whole(tmp_path: Path) -> None:
    notice = "| ![](/w.png) | 本文档采用CC BY-ND 4.0 即 CC 署名—禁止演绎 许可。 |\n| --- | --- |"
    page = parsed(tmp_path, f"# 题\n\n{notice}\n\n这一段是正文，写给想要了解它的人看。")
    assert page.changes == "withhold"
    assert [passage.text for passage in chunk(page)] == ["这一段是正文，写给想要了解它的人看。"]


def test_a_page_that_only_speaks_of_such_licences_is_not(tmp_path: Path) -> None:
    assert parsed(tmp_path, "# 题\n\nCC BY-ND 是一种常见的知识共享协议。").changes == "mask"


def test_text_that_is_markdown_is_read_so_whatever_its_name(tmp_path: Path) -> None:
    assert parsed(tmp_path, PAGE, "page.txt").markup == "markdown"
    assert parsed(tmp_path, "一段平常的文字。", "plain.txt").markup == "text"


def test_the_first_paragraph_of_a_wiki_is_under_no_heading(tmp_path: Path) -> None:
    page = parsed(
        tmp_path,
        "# 甲\n\n### 信息\n\n- 一些信息，写在正文的前面。\n\n**甲**是一种物质，正文从这里开始。",
    )
    assert [passage.section for passage in chunk(page)] == [("信息",), ()]


def test_headings_within_lists_are_headings(tmp_path: Path) -> None:
    page = parsed(
        tmp_path,
        "# 甲\n\n- ### 躯体效应\n    - 恶心，剂量高时常见。\n"
        "- ### 视觉效应\n    - 重影，剂量高时常见。\n",
    )
    assert [(p.section, p.text) for p in chunk(page)] == [
        (("躯体效应",), "恶心，剂量高时常见。"),
        (("视觉效应",), "重影，剂量高时常见。"),
    ]


def test_underlined_headings_are_headings(tmp_path: Path) -> None:
    page = parsed(tmp_path, "标题 [#](#t)\n====\n\n主观体验\n----\n\n这一段说的是主观体验。")
    assert (page.title, page.sections[0].path) == ("标题", ("主观体验",))


def test_front_matter_that_cannot_be_read_is_reported_and_left_out(tmp_path: Path) -> None:
    page = parsed(tmp_path, "---\ntitle: [a\n---\n\n# 题\n\n这一段是正文，写给想要了解它的人看。")
    assert any("front matter" in warning for warning in page.warnings)
    assert [passage.text for passage in chunk(page)] == ["这一段是正文，写给想要了解它的人看。"]


def test_what_sources_say_wins_over_what_a_page_says(tmp_path: Path) -> None:
    page = parsed(tmp_path, PAGE, source=Source("w", title="T", kind="opinion", changes="withhold"))
    assert (page.title, page.kind, page.changes) == ("T", "opinion", "withhold")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0" * 9, "not text"),
        (bytes(range(256)) * 8, "not text"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_name(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "broken.md"
    path.write_bytes(data)
    with pytest.raises(SourceUnreadable, match=f"broken.md.*{says}"):
        read(path, "broken.md", Source("w"))


def test_a_missing_file_and_an_unknown_format_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"none\.md"):
        read(tmp_path / "none.md", "none.md", Source("w"))
    (tmp_path / "a.docx").write_bytes(b"PK")
    with pytest.raises(SourceUnreadable, match=r"a\.docx.*\.pdf"):
        read(tmp_path / "a.docx", "a.docx", Source("w"))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_other_encodings_are_decoded(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(
        ("# 标题\n\n" + "氯胺酮是一种解离性的麻醉药物，用于手术麻醉。" * 9).encode(encoding)
    )
    assert "氯胺酮是一种解离性的麻醉药物" in read(path, "a.md", Source("w")).text
