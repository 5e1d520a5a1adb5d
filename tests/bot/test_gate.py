import logging
from collections.abc import Callable

import pytest

from bot.answer import MARK, Answer, Choice, Message, QuotedPassage, Resource, Withheld
from bot.gate import check, permitted
from bot.quoting import quotation
from embeddings.snapshot import Snapshot

Quote = Callable[[str], QuotedPassage]


@pytest.fixture
def quote(seeds: Snapshot) -> Quote:
    def of(words: str) -> QuotedPassage:
        passage = next(p for p in seeds.passages if words in p.text)
        return quotation(passage, seeds.documents[passage.document], "en", number=1)

    return of


def answer(*passages: QuotedPassage, **fields: object) -> Answer:
    return Answer.model_validate(
        {"id": "x", "snapshot": "s", "kind": "answer", "language": "en", "passages": passages}
        | fields
    )


def test_an_honest_answer_passes_unchanged(quote: Quote, seeds: Snapshot) -> None:
    honest = answer(quote("解离是最常见的精神不良反应"))
    assert check(honest, seeds) == (honest, ())


def test_a_masked_quotation_passes(quote: Quote, seeds: Snapshot) -> None:
    masked = quote("疗效并未优于安慰剂")
    assert MARK in masked.text
    assert permitted(masked, seeds)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "完",
        lambda text: text[1:],
        lambda text: text.replace("解离", "分离"),
        lambda text: text.replace("解离", MARK, 1),
    ],
)
def test_a_quotation_that_was_changed_is_dropped(
    quote: Quote, seeds: Snapshot, change: Callable[[str], str]
) -> None:
    honest = quote("解离是最常见的精神不良反应")
    forged = honest.model_copy(update={"text": change(honest.text)})
    checked, dropped = check(answer(forged), seeds)
    assert checked.passages == ()
    assert checked.kind == "not_found"
    assert "gate_dropped" in {m.id for m in checked.messages}
    assert dropped


def test_a_mark_that_hides_nothing_is_no_quotation(quote: Quote, seeds: Snapshot) -> None:
    honest = quote("解离是最常见的精神不良反应")
    mark = Withheld(start=0, end=1, reason="amount")
    forged = honest.model_copy(update={"text": MARK + honest.text, "withheld": (mark,)})
    assert not permitted(forged, seeds)


@pytest.mark.parametrize("field", ["title", "section", "references", "document", "url"])
def test_an_amount_in_a_citation_drops_the_passage(
    quote: Quote, seeds: Snapshot, field: str
) -> None:
    honest = quote("解离是最常见的精神不良反应")
    value: object = "take 50 mg"
    if field in ("section", "references"):
        value = (value,)
    citation = honest.citation.model_copy(update={field: value})
    assert not permitted(honest.model_copy(update={"citation": citation}), seeds)


def test_an_amount_in_a_sentence_of_ours_drops_the_sentence(seeds: Snapshot) -> None:
    checked, dropped = check(
        answer(
            messages=[Message(id="a", text="Take 50 mg"), Message(id="b", text="Take care")],
            suggestions=["Is 50 mg safe?"],
            choices=[Choice(label="x", question="50毫克够吗")],
        ),
        seeds,
    )
    assert "Take care" in [m.text for m in checked.messages]
    assert "50" not in checked.model_dump_json()
    assert len(dropped) == 3


def test_a_phone_number_that_is_not_in_the_catalogue_is_dropped(seeds: Snapshot) -> None:
    made_up = Resource(region="CN", kind="emergency", name="x", phone="555", source="x")
    checked, _ = check(answer(resources=[made_up]), seeds)
    assert checked.resources == ()


def test_without_a_snapshot_no_quotation_passes(quote: Quote) -> None:
    checked, dropped = check(answer(quote("解离是最常见的精神不良反应")), None)
    assert checked.passages == ()
    assert dropped


def test_what_the_gate_drops_is_never_written_into_its_reasons(
    quote: Quote, seeds: Snapshot, caplog: pytest.LogCaptureFixture
) -> None:
    honest = quote("解离是最常见的精神不良反应")
    forged = honest.model_copy(update={"text": honest.text + " 80 mg"})
    with caplog.at_level(logging.DEBUG):
        _, dropped = check(answer(forged), seeds)
    assert "80" not in " ".join([*dropped, caplog.text])
