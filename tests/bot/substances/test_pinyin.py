"""How Chinese sounds, written in characters or typed in Latin letters."""

import pytest

from bot.substances.pinyin import Sounds, sound, sounds_of
from bot.vocabulary.text import Text


def test_homophones_sound_alike_as_people_type_by_ear() -> None:
    assert sound("绿安酮") == sound("氯胺酮")
    assert sound("神") == sound("身")
    assert sound("ketamine") == ()


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("lv an tong shi shen me", True),
        ("what is ketamine", False),
        ("氯胺酮", False),
        ("wo xiang wen yi xia", True),
    ],
)
def test_chinese_in_latin_letters_is_told_from_english(text: str, pinyin: bool) -> None:
    assert Sounds(text).pinyin == pinyin


def test_a_run_of_syllables_leads_back_to_the_text() -> None:
    sounds = Sounds("吃lv an tong吗")
    start = sounds.text.index("lu an ton")
    run = sounds.run(start, start + len("lu an ton"))
    assert "吃lv an tong吗"[run[0].start : run[-1].end] == "lv an tong"


def test_a_text_is_sounded_out_once() -> None:
    text = Text("氯胺酮")
    assert sounds_of(text) is sounds_of(text)
