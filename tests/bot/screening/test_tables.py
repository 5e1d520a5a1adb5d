"""Rows of a table of strengths are hidden alone, and what stands beside them is shown."""

import pytest

from bot.answer import MARK
from bot.screening.doses import find, mask
from bot.screening.passages import screen

BOX = (
    "某物\n常用名称 | 某物\n精神活性分类 | 兴奋剂\n给药途径 | 口服\n"
    "给药剂量\n阈值 | 5 mg\n轻微 | 10 - 20 mg\n"
    "中等 | 20 - 40 mg\n严重 | 60 mg +\n药效时长\n总时长 | 4 - 6 小时\n药效发作 | 20 - 40 分钟\n"
    "药物联用\n酒精 | 💔 联用危险\n单胺氧化酶抑制剂 | ⛔ 严禁联用"
)


def shown(text: str, **around: str) -> str | None:
    screened = screen(text, **around)  # type: ignore[arg-type]
    return None if screened.withheld else mask(text, screened.findings).text


def test_the_box_of_a_page_keeps_how_long_and_with_what_and_loses_every_strength() -> None:
    text = shown(BOX)
    assert text is not None
    assert "给药剂量\n▢\n药效时长" in text
    assert "总时长 | 4 - 6 小时" in text and "单胺氧化酶抑制剂 | ⛔ 严禁联用" in text
    assert text.count(MARK) == 1 and "阈值" not in text and "mg" not in text
    assert find(text) == ()


def test_the_mark_says_that_it_stands_for_a_table() -> None:
    assert {finding.reason for finding in screen(BOX).findings} == {"table"}


@pytest.mark.parametrize(
    "text",
    [
        "给药剂量\n阈值 | 5 mg\n轻微 | 10 - 20 mg\n中等 | 20 - 40 mg",
        "强度 | 剂量 (mg)\n一般 | 20 - 40 |\n高 | 40 - 60 |\n总时长 | 4 小时\n起效 | 20 分钟",
        "阈值 | 5 mg\n轻微 | 10 mg\n严重 | 60 以上\n总时长 | 4 - 6 小时",
        "阈值 | 5 mg\n轻微 | 10 mg\n鼻吸 | 30 | 40 |\n总时长 | 4 - 6 小时",
        "阈值 | 5 mg\n轻微 | 10 mg\n| **严重** | 30 左右 |\n总时长 | 4 - 6 小时",
    ],
)
def test_a_table_whose_other_rows_may_tell_a_strength_is_withheld_whole(text: str) -> None:
    assert screen(text).withheld == "table"


def test_a_table_that_goes_on_from_the_passage_before_is_withheld_whole() -> None:
    before = "药物 | 口服剂量 (mg) | 时长\n甲 | 10 | 4 小时\n乙 | 20 | 6 小时"
    rest = "阈值 | 5 mg\n轻微 | 6 mg\n总时长 | 4 - 6 小时\n药效发作 | 20 分钟\n药效残余 | 6 小时"
    assert screen(rest).withheld is None
    assert screen(rest, before=before).withheld == "table"


def test_under_a_licence_without_derivatives_the_box_is_withheld_whole() -> None:
    assert screen(BOX, changes="withhold").withheld == "table"


def test_sentences_of_a_schedule_are_hidden_whole_and_the_rest_stays() -> None:
    text = (
        "某物是一种处方药，用于治疗老年人的记忆和注意力缺陷，由一家公司在欧洲的部分地区销售，也作为补充剂在别处出现。\n"
        "典型用法是每天三次 400 毫克，或者每天两次 600 毫克，总量都是 1200 毫克。"
        "它会引起头痛和失眠。"
    )
    left = shown(text)
    assert (
        left is not None
        and left.startswith("某物是一种处方药")
        and left.endswith("它会引起头痛和失眠。")
    )
    assert "典型用法" not in left


@pytest.mark.parametrize("heading", ["逐渐减量", "减量时间表"])
def test_a_plan_for_tapering_is_withheld_whole(heading: str) -> None:
    text = "从 40 毫克开始。\n继续此剂量一到两周，然后剂量减半，之后每天一次。\n多数人感觉还好。"
    assert screen(text, section=(heading,)).withheld == "schedule"


def test_digits_in_a_name_beside_a_table_are_no_strength() -> None:
    box = BOX.replace("常用名称 | 某物", "常用名称 | 25I-NBOMe, 2-FA").replace(
        "药效时长", "严重 | 25I-NBOMe 在严重剂量下可能致命。\n药效时长"
    )
    text = shown(box)
    assert text is not None and "25I-NBOMe, 2-FA" in text and "可能致命" in text
    assert screen(box.replace("可能致命", "以 30 为限")).withheld == "table"


def test_a_row_of_many_cells_is_hidden_whole() -> None:
    row = "口服 | 给药剂量 | 阈值 | 2 mg | 轻微 | 5 mg | 中等 | 9 mg | 药效时长 | 总时长 | 6 小时"
    text = shown(f"某物\n{row}\n药物联用\n酒精 | 联用危险\n{'它会让人站不稳，也会让人恶心。' * 5}")
    assert text is not None and "酒精 | 联用危险" in text and "阈值" not in text
