"""What the sources lack: gathered by meaning, told without pointing at anybody."""

from datetime import UTC, datetime

import pytest

from bot.answering import quoting
from bot.review import vectors
from bot.review.accounts.accounts import add
from bot.review.gaps.files import as_csv, as_markdown
from bot.review.gaps.gathering import Unanswered, gaps, unanswered
from bot.review.log.query_log import QueryLog
from bot.review.storage import Records
from bot.review.verdicts.giving import Opinion, give
from embeddings.encoder import SentenceEncoder
from tests.bot.review.answers import answer, trace

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def asked(question: str, number: int = 1) -> Unanswered:
    return Unanswered(question, number, "zh-Hans", NOW, ("ketamine",), ("effects",))


def test_questions_that_mean_the_same_are_one_gap(model: SentenceEncoder) -> None:
    taste = [asked("氯胺酮有什么味道", 4), asked("氯胺酮是什么味道的", 3)]
    other = [asked("可卡因会影响睡眠吗？", 2)]
    found = gaps([*other, *taste], model)
    assert [gap.number for gap in found] == [7, 2]
    assert set(found[0].questions) == {each.question for each in taste}
    assert found[0].different == 2
    assert gaps([], model) == ()
    assert len(gaps(other, model)) == 1


def test_what_few_people_asked_leaves_without_their_words(model: SentenceEncoder) -> None:
    found = gaps([asked("氯胺酮有什么味道", 5), asked("可卡因会影响睡眠吗？", 4)], model)
    for text in (as_csv(found, "en"), as_markdown(found, "en")):
        assert "氯胺酮有什么味道" in text
        assert "可卡因会影响睡眠吗" not in text
        assert "4" not in text
    assert "<5" in as_csv(found, "en")
    assert "| 5 | ketamine | effects | 氯胺酮有什么味道 |" in as_markdown(found, "en").lower()


def test_no_amount_and_no_formula_leaves(model: SentenceEncoder) -> None:
    found = gaps([asked("=一次300mg氯胺酮 | 够吗", 9)], model)
    text = as_csv(found, "zh-Hans")
    assert "300" not in text
    assert "'=" in text
    assert "\\|" in as_markdown(found, "zh-Hans")


def test_unanswered_is_what_was_not_found_or_lacks_a_source(
    records: Records, log: QueryLog
) -> None:
    add(records, "anna", "correct horse battery", "moderator")
    shown = [answer(kind="not_found"), answer(), answer(kind="not_found"), answer()]
    for question, each in zip(("甲", "乙", "甲", "丙"), shown, strict=True):
        log.record(question, each, trace())
        assert log.flush()
    give(records, shown[1].id, 1, Opinion("missing_source"), None)
    found = {each.question: each.number for each in unanswered(records)}
    assert found == {"甲": 2, "乙": 1}


def test_no_words_of_a_visitor_stay_in_memory(model: SentenceEncoder) -> None:
    before = quoting.found.cache_info()
    question = "氯胺酮一次300mg有什么味道"
    assert "▢" in as_csv(gaps([asked(question, 9)], model), "zh-Hans")
    assert quoting.found.cache_info() == before
    held = [key for _, key in vectors._KEPT]
    assert held
    assert all(isinstance(key, bytes) and question.encode() not in key for key in held)


def test_a_question_is_encoded_once(
    model: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = vectors.vectors_of(model, ["氯胺酮有什么味道", "可卡因会影响睡眠吗？"])
    monkeypatch.setattr(model, "encode", lambda texts: pytest.fail(f"{len(texts)} encoded again"))
    assert (vectors.vectors_of(model, ["可卡因会影响睡眠吗？"]) == first[1]).all()
