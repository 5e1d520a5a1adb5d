from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.documents import Document, Markup, Passage, Section, Source
from embeddings.readers import read
from embeddings.readers.parsed import LeftOut
from embeddings.text.chunking import chunk
from embeddings.text.cleaning import plain, sentences, squeeze
from embeddings.text.scripts import weight
from tests.embeddings.text.test_cleaning import marked_up
from tests.places import SHARED

WIKI = SHARED / "corpora" / "freeodwiki-sample"
SENTENCE = "这是一个关于受体与神经递质如何彼此作用的句子，长短适中。"


def document(text: str, markup: Markup = "markdown") -> Document:
    sections = (Section(("节",), 0, len(text)),)
    return Document("a/b.md", "s", "题", text, markup, "0", sections=sections)


def passages(text: str, markup: Markup = "markdown") -> tuple[Passage, ...]:
    return chunk(document(text, markup))


def test_paragraphs_of_a_section_are_joined_up_to_a_passage() -> None:
    paragraph = SENTENCE * 5
    found = passages("\n\n".join(f"第{i}段：{paragraph}" for i in range(6)))
    assert [passage.text.count("\n") + 1 for passage in found] == [2, 2, 2]
    assert all(120 <= weight(passage.text) <= 450 for passage in found)


def test_a_long_paragraph_is_cut_at_sentences_into_parts_of_one_length() -> None:
    text = "".join(f"第{i}句：{SENTENCE}" for i in range(30))
    found = passages(text)
    assert "".join(passage.text for passage in found) == text
    assert all(passage.text.endswith("。") for passage in found)
    sizes = [weight(passage.text) for passage in found]
    assert max(sizes) - min(sizes) < 60


def test_a_sentence_longer_than_a_passage_is_not_cut() -> None:
    text = "很长" * 400 + "。"
    assert [passage.text for passage in passages(text)] == [text]


def test_what_never_ends_is_cut_all_the_same() -> None:
    text = " ".join(f"word{number}" for number in range(5000))
    found = passages(text)
    assert all(len(passage.text) <= 2500 for passage in found)
    assert " ".join(passage.text for passage in found) == text


def test_a_footnote_mark_stays_with_the_sentence_before_it() -> None:
    text = "".join(f"第{i}句：{SENTENCE}[^{i}] " for i in range(30))
    notes = "\n".join(f"[^{i}]: Author {i}. *Title*." for i in range(30))
    whole = Document(
        "d", "s", "t", f"{text}\n\n{notes}", "markdown", "0", sections=(Section((), 0, len(text)),)
    )
    found = chunk(whole)
    assert len(found) > 1
    assert "[^" not in "".join(passage.text for passage in found)
    for passage in found:
        cited = [f"Author {i}. Title." for i in range(30) if f"第{i}句" in passage.text]
        assert list(passage.references) == cited


def test_a_list_stays_with_the_sentence_that_leads_to_it_and_is_cut_between_items() -> None:
    items = [f"*   第{i}项：{SENTENCE}" for i in range(30)]
    found = passages(f"{SENTENCE}可能的表现：\n\n" + "\n".join(items))
    assert "可能的表现：\n第0项" in found[0].text
    assert all(line.endswith(("。", "：")) for p in found for line in p.text.split("\n"))


def test_a_table_is_a_passage_by_itself() -> None:
    table = "| 强度 | 剂量 |\n| --- | --- |\n| 阈值 | 5 mg |\n| 轻微 | 10 mg |"
    found = passages(f"{SENTENCE}\n\n{table}\n\n{SENTENCE}然后。")
    assert [p.text for p in found] == [
        SENTENCE,
        "强度 | 剂量\n阈值 | 5 mg\n轻微 | 10 mg",
        f"{SENTENCE}然后。",
    ]


def test_a_table_in_html_is_a_passage_by_itself() -> None:
    rows = "<tr><th>强度</th><th>常见的剂量</th></tr><tr><td>阈值</td><td>5 mg</td></tr>"
    table = f"<table>{rows}</table>"
    found = passages(f"<p>{SENTENCE}</p>{table}<p>{SENTENCE}然后。</p>", "html")
    assert [p.text for p in found] == [
        SENTENCE,
        "强度 | 常见的剂量\n阈值 | 5 mg",
        f"{SENTENCE}然后。",
    ]


def test_text_that_repeats_is_quoted_once_and_keeps_its_id() -> None:
    table = "| a | b |\n| --- | --- |\n| c | d |"
    once, twice = passages(SENTENCE), passages(f"{SENTENCE}\n\n{table}\n\n{SENTENCE}")
    assert [p.text for p in twice] == [p.text for p in once] == [SENTENCE]
    assert twice[0].id == once[0].id
    assert len(once[0].id) == 16


def test_words_that_lead_nowhere_are_no_passage() -> None:
    assert passages("可以以下列形式找到：") == passages("时长") == passages("TBD") == ()


def test_printed_marks_are_resolved_where_there_is_a_list() -> None:
    body = f"{SENTENCE[:-1]}［1，3-4］。"
    text = f"{body}\n\n参考文献\n" + "\n".join(
        f"［{i}］ Author {i}. Title {i}." for i in range(1, 6)
    )
    whole = Document("d", "s", "t", text, "text", "0", sections=(Section((), 0, len(body)),))
    assert [r[:8] for r in chunk(whole)[0].references] == ["Author 1", "Author 3", "Author 4"]
    assert "［1，3-4］" in chunk(whole)[0].text


def check(whole: Document) -> None:
    for passage in chunk(whole):
        assert passage.text == plain(whole.text[passage.start : passage.end], whole.markup)
        assert passage.text


@given(marked_up, st.sampled_from(["markdown", "text", "html"]))
@settings(deadline=None)
def test_a_passage_is_what_is_read_in_its_run_of_any_text(text: str, markup: Markup) -> None:
    check(document(text, markup))


@given(
    st.lists(
        st.sampled_from(
            [
                "普通的一句话。",
                "**粗体的一句。又一句。**",
                "[链接。文字](/a.md)。",
                "有脚注。[^1] ",
                "*斜体。还有*。",
                "`代码。` 后。",
                "公式 (2*R*,6*R*)。",
                "数字 0. 5 与 1 000 人。",
                "She said it. Then left. ",
                "<b>粗。体</b>。",
                "引［10-11］。",
            ]
        ),
        min_size=30,
        max_size=60,
    )
)
@settings(deadline=None, max_examples=30)
def test_cutting_loses_and_adds_nothing(parts: list[str]) -> None:
    text = "".join(parts)
    found = passages(text)
    assert squeeze("".join(p.text for p in found)) == squeeze(plain(text, "markdown"))
    ends = [squeeze(plain(text, "markdown")[:end]) for _, end in sentences(plain(text, "markdown"))]
    done = ""
    for passage in found:
        done += squeeze(passage.text)
        assert done in ends


@pytest.fixture(scope="module")
def wiki() -> list[tuple[Document, tuple[Passage, ...]]]:
    if not WIKI.is_dir():
        pytest.skip("the sample of the wiki is not there")
    pages = []
    for path in sorted(WIKI.rglob("*.md")):
        with suppress(LeftOut):
            pages.append(read(path, path.name, Source("wiki")))
    return [(page, chunk(page)) for page in pages]


def test_every_passage_of_a_wiki_is_what_is_read_in_its_run(
    wiki: list[tuple[Document, tuple[Passage, ...]]],
) -> None:
    for page, found in wiki:
        for passage in found:
            assert passage.text == plain(page.text[passage.start : passage.end], page.markup)


def test_no_markup_is_left_in_what_is_read_of_a_wiki(
    wiki: list[tuple[Document, tuple[Passage, ...]]],
) -> None:
    texts = [passage.text for _, found in wiki for passage in found]
    assert len(texts) > 1000
    for mark in ("[^", "**", "</", "<br", "&nbsp;", "| --- |", "◀返回"):
        assert [text for text in texts if mark in text] == []
