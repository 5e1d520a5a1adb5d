import pytest

from embeddings.documents import Language
from embeddings.text.language import detect, foreign


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


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Каннабис может вызвать тревогу у людей.", True),
        ("대마초는 불안을 일으킬 수 있습니다.", True),
        ("大麻は不安を引き起こす可能性があります。", True),
        (
            "Ketamin ist ein Narkosemittel, das in der Medizin verwendet wird und Menschen " * 8,
            True,
        ),
        ("大麻可能引起焦虑。", False),
        ("Cannabis can cause anxiety in people who use it. " * 20, False),
        ("", False),
    ],
)
def test_a_text_in_another_language_is_told(text: str, *, other: bool) -> None:
    assert foreign(text) is other
