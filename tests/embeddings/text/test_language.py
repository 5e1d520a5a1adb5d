import pytest

from embeddings.documents import Language
from embeddings.text.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("氯胺酮为什么被归为“弱SNDRI”？", "zh-Hans"),
        ("氯胺酮為什麼被歸為「弱SNDRI」？", "zh-Hant"),
        ("酒精是不是被列為一級致癌物？", "zh-Hant"),
        ("后面只要干面", "zh-Hans"),
        ("Is ketamine a direct opioid agonist?", "en"),
        ("What is 氯胺酮?", "en"),
        ("MXE vs ket 有啥不一样", "zh-Hans"),
        ("K粉", "zh-Hans"),
        ("", "zh-Hans"),
    ],
)
def test_a_question_is_in_the_language_of_its_grammar(text: str, language: Language) -> None:
    assert detect(text) == language


def test_names_alone_are_in_the_language_of_their_document() -> None:
    assert detect("2C-B | Br | 4-HO-DMT", otherwise="zh-Hans") == "zh-Hans"
    assert detect("氯胺酮", otherwise="zh-Hant") == "zh-Hant"
    assert detect("This is what it does to you", otherwise="zh-Hans") == "en"
