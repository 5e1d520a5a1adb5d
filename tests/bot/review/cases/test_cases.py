"""Cases: asked again, found again by their words, and told apart from what is gone."""

import json
import tomllib

import pytest

from bot.pipeline import Bot, Question
from bot.review.cases.asking import active_cases, ask_all, passage_payload
from bot.review.cases.exchange import exported, import_lines
from bot.review.cases.runs import kept, runs, trend
from bot.review.changes.feed import Feed
from bot.review.changes.payloads import CasePayload, PassagePayload, PinPayload
from bot.review.changes.toml import as_toml
from bot.review.changes.versions import listed, propose
from bot.review.storage import Records
from embeddings.snapshot import Snapshot
from tests.bot.review.postgres import server

ASKED = "艾司氯胺酮的不良反应有哪些？"


@pytest.fixture
def behind(bot: Bot, seeds: Snapshot) -> PassagePayload:
    """A passage that is near the question and not among the first five."""
    first = {each.id for each in bot.ask(Question(ASKED)).passages}
    ranked = bot.search(ASKED, limit=30).passages
    return passage_payload(seeds.by_id[next(p.id for p in ranked if p.id not in first)], seeds)


def test_the_gain_of_a_pin_is_seen_over_the_runs(
    records: Records, bot: Bot, behind: PassagePayload
) -> None:
    feed = Feed(records)
    ours = bot.under(feed.current())
    ours.overrides = feed.current
    propose(records, "anna", CasePayload(question=ASKED, passages=(behind,)))
    feed.refresh()
    kept(records, ours, "anna", ask_all(ours, active_cases(records)))
    propose(records, "anna", PinPayload(question=ASKED, passages=(behind,)))
    feed.refresh()
    kept(records, ours, "anna", ask_all(ours, active_cases(records)))
    found = trend(runs(records))
    assert [run.share for run in found] == [0.0, 1.0]
    assert [run.overrides for run in found] == [1, 2]
    assert {run.snapshot for run in found} == {bot.ready().snapshot.id}


def test_a_kind_of_answer_and_silence_can_be_right(records: Records, bot: Bot) -> None:
    wanted = {
        "hello": CasePayload(question="hello", answer="greeting"),
        "dose": CasePayload(question="K粉一次吃多少？", answer="answer"),
        "silent": CasePayload(question="氯胺酮有什么味道", answerable=False),
    }
    results = ask_all(bot, wanted.items())
    assert results == {"hello": "satisfied", "dose": "missed", "silent": "satisfied"}


def test_a_case_whose_passage_is_gone_is_stale_and_no_miss(
    bot: Bot, behind: PassagePayload
) -> None:
    lost = behind.model_copy(update={"id": "lost", "content": "lost", "sentences": ("lost",)})
    moved = behind.model_copy(update={"id": "lost"})
    results = ask_all(
        bot,
        [
            ("lost", CasePayload(question=ASKED, passages=(lost,))),
            ("moved", CasePayload(question=ASKED, passages=(moved,))),
        ],
    )
    assert results == {"lost": "stale", "moved": "missed"}


def test_what_was_exported_can_be_taken_in_elsewhere_once(
    records: Records, seeds: Snapshot, behind: PassagePayload
) -> None:
    propose(records, "anna", CasePayload(question=ASKED, passages=(behind,), language="zh"))
    lines = list(exported(records))
    assert import_lines(records, lines, "ben", seeds) == (0, [])
    other = json.loads(lines[0]) | {"question": "另一个问题"}
    assert import_lines(records, [json.dumps(other)] * 2, "ben", seeds) == (1, [])
    assert [case.question for _, case in active_cases(records)] == [ASKED, "另一个问题"]


def test_a_gold_row_is_looked_up_by_its_words(records: Records, seeds: Snapshot) -> None:
    passage = next(p for p in seeds.passages if len(p.text) > 80)
    gold = {"doc": passage.document, "must_contain": passage.text[10:60]}
    row = {"id": "x", "lang": "zh", "query": "问", "gold": [gold], "answerable": True}
    lost = row | {"gold": [{"doc": passage.document, "must_contain": "nowhere at all"}]}
    lines = [json.dumps(row), json.dumps(lost), "no json", "[1]", "{}"]
    added, wrong = import_lines(records, lines, "ben", seeds)
    assert added == 1
    assert [each.split(":")[0] for each in wrong] == ["2", "3", "4", "5"]
    [(_, case)] = active_cases(records)
    assert passage.id in {each.id for each in case.passages}


def test_changes_are_written_as_toml_that_can_be_read(
    records: Records, behind: PassagePayload
) -> None:
    propose(records, "anna", PinPayload(question=ASKED, passages=(behind,)), 'why\n"so"')
    found = tomllib.loads(as_toml(listed(records)))
    assert found["pin"][0]["question"] == ASKED
    assert found["pin"][0]["note"] == 'why\n"so"'
    assert found["pin"][0]["passages"][0]["id"] == behind.id


def test_the_last_known_hold_when_the_server_is_killed(bot: Bot, seeds: Snapshot) -> None:
    first = seeds.by_id[bot.ask(Question(ASKED)).passages[0].id]
    payload = PinPayload(question=ASKED, passages=(passage_payload(first, seeds),))
    with server() as address:
        records = Records(address.format("postgres"))
        records.migrate()
        propose(records, "anna", payload)
        feed = Feed(records, every=0.1)
        feed.start()
        assert len(feed.current().pins) == 1
    try:
        assert feed.refresh() is False
        corrected = bot.under(feed.current()).consider(Question(ASKED))
        assert any(sign.startswith("pin ") for sign in corrected[1].signs)
    finally:
        feed.stop()
        records.close()
