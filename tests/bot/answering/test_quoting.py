"""A stored passage as a quotation."""

from dataclasses import replace

from bot.answer import MARK
from bot.answering.quoting import bibliography, hidden, quotation, shown
from bot.answering.wording import SHIPPED
from embeddings.documents import Document, Passage

TEXT = "氯胺酮的半衰期约为三小时，吸 50 毫克后会解离。"
DOCUMENT = Document("a/b c.md", "s", "氯胺酮", TEXT, "text", "0" * 64, titles={"en": "Ketamine"})
PASSAGE = Passage("p", "a/b c.md", 0, len(TEXT), TEXT, ("概述",), "zh-Hans")


def test_what_is_hidden_becomes_a_mark_that_says_where_it_stands() -> None:
    at = TEXT.index("50")
    masked = shown(replace(PASSAGE, redactions=((at, at + 5, "amount"),)))
    [mark] = masked.withheld
    assert masked.text[mark.start : mark.end] == MARK
    assert "毫克" not in masked.text
    assert masked.text.replace(MARK, "50 毫克") == TEXT


def test_an_amount_in_a_heading_is_hidden_too() -> None:
    assert hidden("每次 50 毫克") == f"每次 {MARK}"


def test_a_title_is_in_the_readers_language_where_there_is_one() -> None:
    assert bibliography(DOCUMENT, "en", SHIPPED)["title"] == "Ketamine"
    assert bibliography(DOCUMENT, "zh-Hans", SHIPPED)["title"] == "氯胺酮"


def test_a_chinese_reader_is_told_where_a_document_has_no_chinese_title() -> None:
    assert bibliography(DOCUMENT, "zh-Hant", SHIPPED)["title_note"]
    assert bibliography(DOCUMENT, "en", SHIPPED)["title_note"] is None


def test_a_citation_leads_to_the_passage_in_the_viewer() -> None:
    cited = quotation(PASSAGE, DOCUMENT, "en", SHIPPED, number=1).citation
    assert cited.view == "/sources/a/b%20c.md#p"
    assert cited.section == ("概述",)
