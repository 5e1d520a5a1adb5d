"""A site that keeps to one source gets its answers out of that one alone."""

from bot.pipeline import Bot, Question
from embeddings.snapshot import Snapshot

ZH = "艾司氯胺酮的不良反应有哪些？"


def test_passages_come_from_the_source_asked_for_alone(bot: Bot, seeds: Snapshot) -> None:
    answered = 0
    for source in {document.source for document in seeds.documents.values()}:
        cited = bot.ask(Question(ZH, source=source)).passages
        answered += bool(cited)
        assert {seeds.documents[each.citation.document].source for each in cited} <= {source}
    assert answered


def test_a_document_is_a_source_too(bot: Bot) -> None:
    document = bot.ask(Question(ZH)).passages[0].citation.document
    answer = bot.ask(Question(ZH, source=document))
    assert {passage.citation.document for passage in answer.passages} == {document}


def test_what_belongs_to_safety_is_said_whatever_the_source(bot: Bot) -> None:
    answer = bot.ask(Question(ZH, source="no such source"))
    assert answer.kind == "not_found"
    assert not answer.passages
    assert any(block.passages for block in answer.safety)


def test_danger_is_answered_whatever_the_source(bot: Bot) -> None:
    answer = bot.ask(Question("我朋友叫不醒，没有呼吸了", source="no such source"))
    assert answer.kind == "emergency"
    assert answer.resources
