"""What was considered for an answer is told in words, amounts masked, as far as it is there."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from bot.answering.quoting import shown
from bot.corpus.inspection import audit
from bot.pipeline import Question
from bot.screening.doses import find
from bot.trace import Candidate
from tests.web.review.changes.steps import ASKED, text_of
from web.server.program import Program


@pytest.fixture
def snippet(program: Program) -> str:
    """How a passage that was considered and not shown begins; its question is in the records."""
    answer, trace = program.bot.consider(Question(ASKED))
    program.log.record(ASKED, answer, trace)
    assert program.log.flush()
    lost = next(each for each in trace.candidates if not each.shown)
    return shown(program.library.current().by_id[lost.passage]).text[:40]


def test_a_passage_that_lost_is_told_by_its_words(
    program: Program, moderator: TestClient, snippet: str
) -> None:
    page = moderator.get("/review?state=all")
    found = page.text.split('href="/review/records/')[1].split('"')[0].replace("&amp;", "&")
    assert snippet in text_of(moderator.get(f"/review/records/{found}"))


def test_no_amount_is_told_of_what_was_considered_and_what_is_gone_has_its_id(
    program: Program, moderator: TestClient
) -> None:
    snapshot = program.library.current()
    hidden = next(
        each for each in audit(snapshot) if "▢" in shown(snapshot.by_id[each.passage]).text[:390]
    )
    answer, trace = program.bot.consider(Question(ASKED))
    weighed = (
        Candidate(hidden.passage, hidden.document, 1.0, 0.5, 1.0, False),
        Candidate("gone-since", "old.md", 0.9, 0.5, 1.0, False),
    )
    program.log.record(ASKED, answer, replace(trace, candidates=weighed))
    assert program.log.flush()
    page = moderator.get(f"/review/records/{answer.id}").text
    table = text_of_table(page)
    assert "gone-since" in table
    assert "▢" in table
    assert find(table) == ()


def text_of_table(page: str) -> str:
    """The words of the cells, without the scores."""
    cells = page.partition('id="candidates"')[2].split('class="considered">')[1:]
    return "\n".join(cell.partition("</th>")[0] for cell in cells)
