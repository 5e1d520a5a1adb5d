"""The language of an answer: the one asked for, else the question's, else the site's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.phrases import languages
from bot.question.languages import resolve, written_in
from embeddings.documents import Language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("ZH_tw", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-CN", "zh-Hant"),
        ("yue", "zh-Hant"),
        ("cmn-Hans-CN", "zh-Hans"),
        ("en", "en"),
        ("en-GB", "en"),
        (" en-US ", "en"),
    ],
)
def test_the_language_asked_for_is_used_whatever_the_question_is_in(
    tag: str, language: Language
) -> None:
    assert resolve(tag, "ketamine 氯胺酮", "en") == language
    assert resolve(tag, "", "zh-Hans") == language


@pytest.mark.parametrize("tag", [None, "", "fr", "tlh", "english", "-", "zhzh", "\x00" * 50])
@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("氯胺酮会上瘾吗", "zh-Hans"),
        ("愷他命會上癮嗎", "zh-Hant"),
        ("Is ketamine addictive?", "en"),
    ],
)
def test_any_other_tag_falls_back_on_the_question(
    tag: str | None, question: str, language: Language
) -> None:
    assert {resolve(tag, question, site) for site in languages()} == {language}


@pytest.mark.parametrize("site", languages())
@pytest.mark.parametrize("question", ["", "???", "123", "🙏", "\u200b"])
def test_a_question_without_words_gets_the_language_of_the_site(
    question: str, site: Language
) -> None:
    assert resolve(None, question, site) == site


def test_chinese_alike_in_both_scripts_gets_the_script_of_the_site() -> None:
    assert resolve(None, "大麻安全吗", "zh-Hant") == "zh-Hans"
    assert resolve(None, "大麻是什么", "zh-Hant") == "zh-Hans"
    assert resolve(None, "大麻合法化", "zh-Hant") == "zh-Hant"
    assert resolve(None, "大麻合法化", "zh-Hans") == "zh-Hans"


@pytest.mark.parametrize("site", ["zh-Hans", "zh-Hant"])
def test_pinyin_on_a_chinese_site_is_chinese(site: Language) -> None:
    assert resolve(None, "peng you hun mi le, ta gang chi le k fen", site) == site
    assert resolve(None, "my friend passed out after ketamine", site) == "en"


@given(st.text(), st.text(), st.sampled_from(languages()))
def test_nothing_that_is_asked_is_refused(tag: str, question: str, site: Language) -> None:
    assert resolve(tag, question, site) in languages()


@pytest.mark.parametrize(
    ("question", "interface", "language"),
    [
        ("他叫不醒了", "en", "zh-Hans"),
        ("他叫不醒了，沒有反應", "en", "zh-Hant"),
        ("wo bu xiang huo le", "en", "zh-Hans"),
        ("he can die", "en", "en"),
        ("wo bu xiang huo le", "zh-Hant", "zh-Hant"),
        ("my friend is not breathing", "zh-Hans", "en"),
        ("", "zh-Hant", "zh-Hant"),
        ("???", "en", "en"),
    ],
)
def test_the_language_that_a_question_is_written_in(
    question: str, interface: Language, language: Language
) -> None:
    assert written_in(question, interface) == language
