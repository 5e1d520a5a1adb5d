"""Small inputs of the kinds that people have, read whole; `tests/data/reading` holds them."""

from pathlib import Path

import pytest

from embeddings.documents import Document, Passage
from embeddings.readers import read
from embeddings.readers.parsed import LeftOut
from embeddings.sources import Corpus
from embeddings.text.chunking import chunk
from embeddings.text.cleaning import plain
from tests.places import READING

Read = tuple[Document, tuple[Passage, ...]]


def pages(name: str) -> dict[str, Read]:
    """Return what is read in one of the inputs; every passage is its source's own text."""
    found = {}
    for path, document_id, source in Corpus(READING / name).files():
        document = read(path, document_id, source)
        found[document_id] = document, chunk(document)
        for p in found[document_id][1]:
            assert p.text == plain(document.text[p.start : p.end], document.markup)
    return found


def sections(read_in: Read) -> dict[str, str]:
    """Return the passages by the last heading above them."""
    return {passage.section[-1] if passage.section else "": passage.text for passage in read_in[1]}


def test_what_to_do_in_danger_is_no_button() -> None:
    found = sections(pages("01-advert-drops-emergency")["ket.md"])
    assert "立即呼叫急救" in found["叫不醒时怎么做"]
    assert "胸痛时马上就医" in found["害怕时"]


def test_a_button_takes_no_section_with_it() -> None:
    document, passages = pages("03-advert-click-to-enlarge")["mix.md"]
    found = sections((document, passages))
    assert found["危险联用"] == "这里列出的联用可能致死，绝对不要使用。"
    assert any("点击放大" in line for line in document.left_out)


def test_an_index_is_a_page_of_its_folder() -> None:
    found = pages("07-index-pages-left-out")
    assert sorted(document.title for document, _ in found.values()) == ["Drugs", "GHB", "Ketamine"]
    assert all(passages for _, passages in found.values())


@pytest.mark.parametrize(("name", "says"), [("d", "draft"), ("p", "published"), ("u", "unlisted")])
def test_what_is_not_published_is_left_out(name: str, says: str) -> None:
    files = {
        i: (path, source) for path, i, source in Corpus(READING / "09-drafts-published").files()
    }
    path, source = files[f"{name}.md"]
    with pytest.raises(LeftOut, match=says):
        read(path, path.name, source)


def test_a_heading_of_references_leaves_out_references_alone() -> None:
    found = sections(pages("41-skipped-headings")["l.md"])
    assert set(found) == {"", "来源", "Notes", "Comments"}


def test_references_are_left_out_and_named(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(
        "# LSD\n\nLSD is a psychedelic of the last century.\n\n## Sources\n\n"
        "- Smith J. The effects of a psychedelic. J Ex. 2001;4:12.\n- [A page](https://example.org)\n"
        "- Never use it alone, because nobody can call an ambulance then.\n\n"
        "## Experience reports\n\nI was unconscious, and they called an ambulance.\n",
        encoding="utf-8",
    )
    document = read(path, "page.md", next(Corpus(tmp_path).files())[2])
    assert [p.section for p in chunk(document)] == [(), ("Sources",)]
    assert any(line.startswith("Sources (") for line in document.left_out)
    assert any(line.startswith("Experience reports (") for line in document.left_out)


def test_a_notice_about_the_page_is_told_from_text_with_its_words(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(
        "# 甲\n\n## 耐受\n\n交叉耐受不完整。\n\n"
        "## 法律\n\n本法律章节是一个存根。你可以帮助完善它。\n",
        encoding="utf-8",
    )
    document = read(path, "page.md", next(Corpus(tmp_path).files())[2])
    assert [p.text for p in chunk(document)] == ["交叉耐受不完整。"]


@pytest.mark.parametrize("name", ["a.txt", "b.txt", "c.md"])
def test_a_short_text_in_gb18030_is_chinese(name: str) -> None:
    text = pages("29-gb18030-short")[name][0].text
    assert any(word in text for word in ("芬太尼过量", "氯胺酮可能致命", "大麻可能引起焦虑"))
