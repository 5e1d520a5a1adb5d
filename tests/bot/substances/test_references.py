from bot.substances.references import referred_to

WIKI = "- [丙氯拉嗪（Wikipedia）](https://en.wikipedia.org/wiki/Prochlorperazine)"


def test_a_link_to_the_same_subject_names_it_in_another_language() -> None:
    assert list(referred_to(WIKI)) == ["丙氯拉嗪", "Prochlorperazine"]


def test_what_stands_around_a_name_in_a_link_is_left_out() -> None:
    text = "* [Erowid Experience Vaults: 2-Aminoindane](https://www.erowid.org/subs/exp_2AI.shtml)"
    assert list(referred_to(text)) == ["2-Aminoindane"]
    page = "* [*Salvia* (Wikipedia)](https://en.wikipedia.org/wiki/Salvia_(plant))"
    assert list(referred_to(page)) == ["Salvia", "Salvia"]


def test_a_work_linked_under_several_names_says_nothing() -> None:
    text = "\n".join(
        f"* [{name}（Erowid）](https://erowid.org/plants/{n}.shtml)"
        for n, name in enumerate(("死藤", "骆驼蓬"))
    )
    assert list(referred_to(text)) == []


def test_links_elsewhere_and_in_running_text_say_nothing() -> None:
    assert list(referred_to("- [Why Meditate? (Sam)](https://soundcloud.com/x)")) == []
    assert list(referred_to("见[锥体外系症状](https://en.wikipedia.org/wiki/EPS)。")) == []
    assert list(referred_to("- [List of drugs](https://en.wikipedia.org/wiki/List_of_drugs)")) == []


def test_of_several_links_to_one_work_the_one_that_says_so_counts() -> None:
    page = (
        "* [*Psilocybe mexicana* (Wikipedia)](http://en.wikipedia.org/wiki/Psilocybe_mexicana)\n"
        "* [María Sabina](https://en.wikipedia.org/wiki/Mar%C3%ADa_Sabina) A healer."
    )
    assert list(referred_to(page)) == ["Psilocybe mexicana", "Psilocybe mexicana"]
