"""Reading questions, and judging rankings of passages of the seeds."""

import json
from pathlib import Path

import pytest

from bot.evaluation import Case, Gold, Outcome, case_of, question_of, read_cases
from bot.evaluation.cases import judged
from embeddings.errors import QuestionsInvalid
from embeddings.snapshot import Snapshot

ROW = {"id": "a", "query": "q", "lang": "zh", "gold": [{"doc": "d", "must_contain": "x"}]}
REVIEW = "002_4496df4819806e38.txt"


def written(folder: Path, *rows: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


def gold(seeds: Snapshot, at: int) -> Gold:
    passage = [p for p in seeds.passages if p.document == REVIEW][at]
    return Gold(REVIEW, f"  **{passage.text[:9]} {passage.text[9:20]}**")


def ids(seeds: Snapshot) -> list[str]:
    return [passage.id for passage in seeds.passages if passage.document == REVIEW]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"id": "a"}, "line 2: `query` is missing"),
        ({**ROW, "id": "b", "gold": [{"doc": "d"}]}, "line 2: `gold` is no list"),
        ({**ROW, "id": "b", "gold": [{"doc": "d", "must_contain": " *"}]}, "line 2: `gold`"),
        ({**ROW, "id": "b", "gold": []}, "line 2: answerable, but `gold` names no passage"),
        ({**ROW, "id": "b", "answerable": "no"}, "line 2: `gold` is no list"),
        ({**ROW, "id": "b", "history": [{"role": "user"}]}, "line 2: `history`"),
        (ROW, "line 2: id a stands in .*line 1 too"),
        ([], "line 2: not a JSON object"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_line(
    tmp_path: Path, row: object, told: str
) -> None:
    with pytest.raises(QuestionsInvalid, match=told):
        read_cases(written(tmp_path, ROW, row))


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n\n", "utf-8")
    with pytest.raises(QuestionsInvalid, match="no question"):
        read_cases(tmp_path / "none.jsonl")


def test_what_nothing_answers_has_no_gold() -> None:
    assert case_of({**ROW, "answerable": False}).gold == ()


def test_only_what_the_person_said_is_history() -> None:
    turns = ["氯胺酮", {"role": "assistant", "content": "x"}, {"role": "user", "content": "酒"}]
    assert question_of({"query": "一起呢", "history": turns}).history == ("氯胺酮", "酒")


def test_a_passage_is_right_by_its_words_without_white_space_and_markup(seeds: Snapshot) -> None:
    case = Case("a", "q", gold=(gold(seeds, 3),))
    assert judged(case, ids(seeds), seeds, "full").rank == 4
    assert case.reachable(seeds)


def test_the_words_must_stand_in_the_document_that_is_named(seeds: Snapshot) -> None:
    case = Case("a", "q", gold=(Gold("another.md", gold(seeds, 0).run),))
    found = judged(case, ids(seeds), seeds, "full")
    assert (found.rank, found.page) == (0, 0)
    assert not case.reachable(seeds)


def test_a_passage_is_right_by_its_id(seeds: Snapshot) -> None:
    names = ids(seeds)
    found = judged(Case("a", "q", passages=frozenset({names[2]})), names, seeds, "answer")
    assert (found.rank, found.page) == (3, 1)
    assert not Case("a", "q", passages=frozenset({"gone"})).reachable(seeds)


def test_no_more_than_ten_passages_are_looked_at(seeds: Snapshot) -> None:
    case = Case("a", "q", passages=frozenset({ids(seeds)[10]}))
    assert judged(case, ids(seeds), seeds, "full").rank == 0


@pytest.mark.parametrize(
    ("case", "ranked", "kind", "satisfied"),
    [
        (Case("a", "q", passages=frozenset("x")), "abcdx", "answer", True),
        (Case("a", "q", passages=frozenset("x")), "abcdex", "answer", False),
        (Case("a", "q", kinds=frozenset({"emergency"})), "", "emergency", True),
        (Case("a", "q", kinds=frozenset({"emergency"})), "ab", "answer", False),
        (Case("a", "q", answerable=False), "", "not_found", True),
        (Case("a", "q", answerable=False), "a", "answer", False),
    ],
)
def test_a_case_is_satisfied_by_what_it_asks_for(
    case: Case, ranked: str, kind: str, satisfied: bool
) -> None:
    relevant = dict.fromkeys(case.passages, 1.0)
    assert Outcome(case, tuple(ranked), relevant, 0, kind).satisfied is satisfied
