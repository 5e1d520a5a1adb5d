"""Word for word, but for the marks that a quotation declares."""

import pytest

from bot.answer import MARK, Withheld
from bot.answering.quoting import quotation
from bot.answering.verbatim import verbatim
from bot.answering.wording import SHIPPED
from embeddings.snapshot import Snapshot


@pytest.mark.parametrize("at", [0, 5, 20])
def test_a_shipped_passage_is_its_sources_text(seeds: Snapshot, at: int) -> None:
    passage = seeds.passages[at]
    quoted = quotation(passage, seeds.documents[passage.document], "en", SHIPPED, number=1)
    assert verbatim(quoted, seeds)


def test_one_changed_character_is_seen(seeds: Snapshot) -> None:
    passage = seeds.passages[0]
    quoted = quotation(passage, seeds.documents[passage.document], "en", SHIPPED, number=1)
    assert not verbatim(quoted.model_copy(update={"text": quoted.text[:-1] + "~"}), seeds)


def test_a_mark_stands_for_something_and_is_declared(seeds: Snapshot) -> None:
    passage = next(p for p in seeds.passages if not p.redactions and len(p.text) > 60)
    quoted = quotation(passage, seeds.documents[passage.document], "en", SHIPPED, number=1)
    text = quoted.text[:10] + MARK + quoted.text[20:]
    mark = Withheld(start=10, end=11, reason="amount")
    masked = quoted.model_copy(update={"text": text, "withheld": (mark,)})
    assert verbatim(masked, seeds)
    assert not verbatim(masked.model_copy(update={"withheld": ()}), seeds)


def test_a_document_that_is_not_there_is_quoted_by_nothing(seeds: Snapshot) -> None:
    passage = seeds.passages[0]
    quoted = quotation(passage, seeds.documents[passage.document], "en", SHIPPED, number=1)
    cited = quoted.citation.model_copy(update={"document": "elsewhere.md"})
    assert not verbatim(quoted.model_copy(update={"citation": cited}), seeds)
