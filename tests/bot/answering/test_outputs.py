"""An amount in any style, in any place of a document, comes through no quotation of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import QuotedPassage
from bot.answering.gate import visible
from bot.answering.quoting import quotation
from bot.answering.wording import SHIPPED
from bot.screening.passages import screen
from embeddings.documents import Document, Passage
from embeddings.text.cleaning import plain
from tests.amounts import Planted, amounts, sentences

USEFUL = "氯胺酮可能伤害膀胱，也可能让人上瘾；停用以后，多数人的症状会慢慢好转。"
PLACES = (
    "text",
    "title",
    "titles",
    "section",
    "references",
    "authors",
    "journal",
    "url",
    "licence",
)


def quoted(place: str, words: str) -> QuotedPassage | None:
    """A quotation of a document that says `words` in one place, or None where it is withheld."""
    document = Document("page.md", "all", "氯胺酮", USEFUL, "text", "x")
    section: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    if place == "text":
        document = replace(document, text=f"{USEFUL}{words}{USEFUL}")
    elif place == "titles":
        document = replace(document, titles={"en": words})
    elif place == "authors":
        document = replace(document, authors=(words,))
    elif place == "section":
        section = (words,)
    elif place == "references":
        references = (words,)
    else:
        fields: dict[str, Any] = {place: words}
        document = replace(document, **fields)
    text = plain(document.text)
    screened = screen(text, title=document.title, section=section)
    if screened.withheld:
        return None
    passage = Passage(
        "p", document.id, 0, len(document.text), text, section, "zh-Hans", references,
        redactions=tuple((f.start, f.end, f.reason) for f in screened.findings),
    )  # fmt: skip
    return quotation(passage, document, "en", SHIPPED, number=1)


def said(value: object) -> Iterator[str]:
    """Every string in a value as JSON has it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from said(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from said(item)


@given(amounts(), sentences(), st.sampled_from(PLACES))
@settings(max_examples=600, deadline=None)
def test_an_amount_comes_through_no_field_of_a_quotation(
    planted: Planted, around: tuple[str, str], place: str
) -> None:
    out = quoted(place, planted.written.join(around))
    if out is None:
        return
    told = list(said(out.model_dump()))
    for secret in {planted.secret, plain(planted.secret)} - {""}:
        assert not [text for text in told if secret in text], place


@given(amounts(), sentences())
@settings(max_examples=200, deadline=None)
def test_the_gate_reads_every_field_that_a_quotation_shows(
    planted: Planted, around: tuple[str, str]
) -> None:
    words = planted.written.join(around)
    out = quoted("text", "")
    assert out is not None
    for field in ("title", "journal", "url", "doi", "licence"):
        citation = out.citation.model_copy(update={field: words})
        read = list(visible(out.model_copy(update={"citation": citation})))
        assert any(words in text for text in read)
