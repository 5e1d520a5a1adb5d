"""Who says to be under 18, and who only speaks of somebody who is."""

import pytest

from tests.bot.asking import triage


@pytest.mark.parametrize(
    "question",
    [
        "我16岁，能吸大麻吗", "我今年十五岁", "本人十六岁，同学叫我试K", "im 15 and took mdma",
        "i'm sixteen can i try acid", "我读初二，同学让我试试笑气", "我係中四學生，同學叫我試大麻",
        "year 10 here, someone gave me a vape", "我还未成年，想戒",
    ],
)  # fmt: skip
def test_somebody_who_says_so_is_under_18(question: str) -> None:
    seen = triage(question)
    assert seen.minor
    assert "under_18" in seen.lines


@pytest.mark.parametrize(
    "question",
    [
        "我28岁，能吸大麻吗", "我二十岁", "我二十八岁", "im 26 and took mdma",
        "i'm sixteen days sober",
        "我儿子16岁在吸烟", "我女儿上高中，发现她有大麻", "i have a 15 year old son who vapes",
        "初中生吸毒的比例是多少", "高中生滥用右美沙芬的现象严重吗", "i turned 18 last week",
        "how many teens in high school vape, what do surveys say",
    ],
)  # fmt: skip
def test_who_speaks_of_others_or_is_older_is_not(question: str) -> None:
    assert not triage(question).minor
