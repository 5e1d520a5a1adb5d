import pytest

from bot.evaluation import Case, Outcome, report_of
from bot.evaluation.figures import Row


def outcome(rank: int, language: str = "zh", answerable: bool = True, page: int = 1) -> Outcome:
    """Ten passages with the right one at a rank; rank -1: nothing quoted."""
    ranked = tuple("r" if at == rank else f"p{at}" for at in range(1, 11)) if rank >= 0 else ()
    case = Case("a", "q", language, "fact", passages=frozenset("r"), answerable=answerable)
    return Outcome(case, ranked, {"r": 1.0}, page, "answer")


def value(row: Row, name: str) -> float | None:
    figure = row.figures[name]
    return figure.value if figure else None


def test_recall_is_the_share_with_a_right_passage_among_the_first() -> None:
    [row] = report_of("full", [outcome(1), outcome(4), outcome(8), outcome(0)])
    assert [value(row, f"recall@{k}") for k in (1, 3, 5, 10)] == [0.25, 0.25, 0.5, 0.75]
    assert value(row, "MRR@10") == pytest.approx((1 + 1 / 4 + 1 / 8) / 4)


def test_the_page_counts_among_the_first_five() -> None:
    [row] = report_of("dense", [outcome(1, page=5), outcome(0, page=6), outcome(0, page=0)])
    assert value(row, "page") == pytest.approx(1 / 3)


def test_abstention_is_counted_apart_for_what_has_an_answer_and_what_has_none() -> None:
    wanted = [outcome(1), outcome(7), outcome(-1), outcome(-1)]
    others = [outcome(0, answerable=False), outcome(-1, answerable=False)]
    [row] = report_of("full", [*wanted, *others])
    assert value(row, "shown") == value(row, "answered") == 0.5
    assert value(row, "right if answered") == 0.5
    assert value(row, "false answers") == 0.5
    assert row.questions == 6
    assert row.figures["recall@1"] is not None
    assert row.figures["recall@1"].count == 4


def test_only_the_whole_program_can_abstain() -> None:
    [row] = report_of("dense", [outcome(1), outcome(0, answerable=False)])
    assert row.figures["answered"] is None


def test_each_language_has_a_row_of_its_own() -> None:
    rows = report_of("full", [outcome(1, "en"), outcome(0, "zh"), outcome(0, "zh")])
    assert [(row.group, row.questions) for row in rows] == [("all", 3), ("en", 1), ("zh", 2)]
    assert [value(row, "recall@5") for row in rows] == [pytest.approx(1 / 3), 1.0, 0.0]


def test_every_figure_lies_in_its_interval() -> None:
    [row] = report_of("full", [outcome(rank % 9) for rank in range(40)])
    for figure in row.figures.values():
        assert figure is None or figure.low <= figure.value <= figure.high
