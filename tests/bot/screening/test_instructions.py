"""The policy: sentences of instruction, headings and folders, and lines of our own."""

import re

import pytest

from bot.screening.doses import mask
from bot.screening.instructions import instructed
from bot.screening.passages import leaks, screen
from bot.screening.policy import Rule, policy
from embeddings.errors import CatalogueInvalid
from tests.places import DATA

LINES = DATA / "screening_lines.tsv"


def lines(must: str) -> list[str]:
    """Lines of our own; what must not be seen stands between ⟦ and ⟧, `\\n` for a line feed."""
    rows = [row.split("\t") for row in LINES.read_text(encoding="utf-8").splitlines()]
    return [row[2].replace("\\n", "\n") for row in rows if row[0] == must]


def seen(line: str) -> list[str]:
    """What of the marked runs of a line no finding touches."""
    text = line.replace("⟦", "").replace("⟧", "")
    screened = screen(text)
    if screened.withheld:
        return []
    marked = [(m.start(1) - 2 * n - 1, m[1]) for n, m in enumerate(re.finditer("⟦(.*?)⟧", line))]
    return [
        run
        for start, run in marked
        if not any(f.start < start + len(run) and f.end > start for f in screened.findings)
    ]


def test_of_our_own_lines_nearly_every_amount_is_hidden() -> None:
    missed = [line for line in lines("hide") if seen(line)]
    assert len(lines("hide")) > 500
    assert len(missed) <= 0.02 * len(lines("hide")), missed


@pytest.mark.parametrize("line", lines("show"))
def test_of_our_own_lines_without_an_amount_nothing_is_hidden(line: str) -> None:
    screened = screen(line)
    assert screened.withheld is None and screened.findings == ()


@pytest.mark.parametrize("rule", policy().rules, ids=lambda rule: rule.reason)
def test_the_examples_of_the_policy_hold(rule: Rule) -> None:
    for text in rule.hides:
        found, whole = instructed(f"氯胺酮可能伤害膀胱，也可能让人上瘾，请不要独自使用。\n{text}")
        assert whole == rule.reason or rule.reason in {f.reason for f in found}, text
    for text in rule.shows:
        assert instructed(text) == ((), None), text


def test_one_sentence_of_instruction_is_masked_and_the_rest_stays() -> None:
    text = (
        "鼻吸会损伤鼻腔，长期使用者更严重。为了更安全：使用前将物质制备成细粉，并使用自己的吸管。"
    )
    screened = screen(text)
    assert screened.withheld is None
    shown = mask(text, screened.findings).text
    assert "细粉" not in shown and "损伤鼻腔" in shown and "自己的吸管" in shown


@pytest.mark.parametrize("path", ["文档/PiHKAL/pihkal001.md", "文档/种植/某种.md"])
def test_a_folder_of_recipes_is_withheld_whole(path: str) -> None:
    assert screen("它是一种苯乙胺。", path=path).withheld == "making"
    assert screen("它是一种苯乙胺。", path="药物/某种.md").withheld is None


def test_rows_of_a_table_whose_header_stands_in_the_passage_before_are_withheld() -> None:
    before = "药物 | 半衰期（小时） | 口服剂量 (mg)\n甲药 | 6-12 | 0.5\n乙药 | 10-20 | 5"
    rest = "丙药 | 5-30 | 25\n丁药 | 20-40 | 0.5"
    assert screen(rest, before=before).withheld == "table"
    assert screen("丙药 | 5 - 30 小时", before="药物 | 半衰期").withheld is None


def test_a_number_whose_unit_begins_the_next_passage_is_hidden_there() -> None:
    rest = "毫克以后人就站不稳了，请不要独自使用。"
    shown = mask(rest, screen(rest, before="有人说吃了大约 60").findings).text
    assert "毫克" not in shown and "站不稳" in shown


def test_a_text_longer_than_any_passage_is_withheld_unread() -> None:
    assert screen("水" * 20_000).withheld == "table"
    assert [f.end for f in leaks("水" * 20_000)] == [20_000]


def test_a_broken_policy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.screening.policy.table", lambda *_: {"making": {"titles": 3}})
    policy.cache_clear()
    with pytest.raises(CatalogueInvalid, match=r"policy\.toml"):
        policy()
    monkeypatch.undo()
    policy.cache_clear()
