import pytest

from bot.substances.naming import curated
from bot.substances.partners import partner
from bot.vocabulary.text import Text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("丙戊酸跟螺旋藻片冲突吗", "螺旋藻"),
        ("苹果醋和氯胺酮能一起喝吗", "苹果醋"),
        ("氯胺酮和益生菌能不能一起吃", "益生菌"),
        ("Can I take ketamine with kombucha?", "kombucha"),
        ("is it ok to mix my ivermectin with ketamine", "ivermectin"),
        ("ketamine and spirulina?", "spirulina"),
        ("氯胺酮和spirulina能一起用吗", "spirulina"),
        ("吃着螺旋藻能用氯胺酮吗", "螺旋藻"),
        ("氯胺酮和螺旋藻？", "螺旋藻"),
        ("正在吃螺旋藻期间，可以吸氯胺酮吗", "螺旋藻"),
    ],
)
def test_what_is_to_be_combined_is_read_though_no_name_is_known(question: str, words: str) -> None:
    assert partner(Text(question), curated()) == words


@pytest.mark.parametrize(
    "question",
    [
        "氯胺酮和酒能一起喝吗",
        "氯胺酮和什么不能一起用",
        "氯胺酮和朋友一起用要注意什么",
        "氯胺酮和同类药物有什么不同",
        "is it ok to take ketamine with food",
        "益生菌能天天吃吗",
        "吃完饭能用氯胺酮吗",
        "ketamine and depression",
    ],
)
def test_names_people_and_questions_are_nothing_to_combine(question: str) -> None:
    assert partner(Text(question), curated()) is None
