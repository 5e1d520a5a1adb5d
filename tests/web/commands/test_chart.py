from xml.etree import ElementTree

from bot.evaluation import Case, Outcome
from bot.evaluation.measuring import Measured
from web.commands.chart import COLOURS, chart
from web.commands.figures import table


def measured(arm: str, ranks: list[int], model: str = "ours", name: str = "a <set>") -> Measured:
    outcomes = [
        Outcome(
            Case(str(at), "q", "zh" if at % 2 else "en", passages=frozenset("r")),
            tuple("r" if place == rank else str(place) for place in range(1, 11)),
            {"r": 1.0},
            rank,
            "answer",
        )
        for at, rank in enumerate(ranks)
    ]
    return Measured(name, model, arm, outcomes)


def words(svg: str) -> list[str]:
    return [text.strip() for text in ElementTree.fromstring(svg).itertext() if text.strip()]


def test_a_chart_is_an_svg_with_a_panel_a_figure_and_a_point_an_arm() -> None:
    drawn = chart([measured("lexical", [1, 0, 2]), measured("full", [1, 1, 1])])
    said = words(drawn)
    assert {"a <set>", "nDCG@10", "recall@5", "lexical", "full", "en", "zh"} <= set(said)
    assert "1.00" in said
    assert drawn.count(f'fill="{COLOURS[0]}"') == 1 + 3 * 4


def test_two_models_are_told_apart() -> None:
    drawn = chart([measured("dense", [1], "ours"), measured("dense", [2], "theirs")])
    assert {"dense, ours", "dense, theirs"} <= set(words(drawn))


def test_each_set_has_a_block_of_its_own() -> None:
    drawn = chart([measured("dense", [1], name="one"), measured("dense", [2], name="two")])
    assert {"one", "two"} <= set(words(drawn))


def test_the_table_fits_a_terminal_and_has_each_group() -> None:
    arms = ("lexical", "dense", "fused", "full")
    shown = table([measured(arm, [1, 0, 3, 10], name="set") for arm in arms])
    assert max(map(len, shown.split("\n"))) <= 80
    assert "all (4)" in shown
    assert "en (2)" in shown
    assert "4/4 1.0–1.0" in shown
