"""Names of substances, topics, labels of passages, and what a question is searched for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.suggestions import question_about
from bot.retrieval.subject import expand
from bot.substances import lexicon
from bot.substances.lexicon import classes_of, substances
from bot.substances.naming import curated
from bot.vocabulary.text import Text
from bot.vocabulary.topics import topics_of_questions
from embeddings.datafiles import table
from tests.bot.asking import ambiguous, mentions, named, topics


@pytest.mark.parametrize(
    ("text", "substance"),
    [
        ("K粉上瘾吗", "ketamine"),
        ("special-k 是什么", "ketamine"),
        ("愷他命", "ketamine"),
        ("ｋ粉", "ketamine"),
        ("5 MeO DMT", "5-meo-dmt"),
        ("5meodmt", "5-meo-dmt"),
        ("艾司氯氨酮的不良反应", "esketamine"),
        ("how does ketmine feel", "ketamine"),
        ("clonazepan dependence", "clonazepam"),
        ("lv an tong shi shen me", "ketamine"),
        ("绿胺铜伤膀胱吗", "ketamine"),
        ("莫答菲尼成瘾性", "modafinil"),
        ("突然戒jiu", "alcohol"),
        ("苯二氮卓类", "benzodiazepine"),
        ("are benzos addictive", "benzodiazepine"),
        ("再攝取抑制劑", "reuptake-inhibitor"),
    ],
)
def test_a_substance_is_named_however_it_is_written(text: str, substance: str) -> None:
    assert named(text) == {substance}


@pytest.mark.parametrize(
    "text",
    [
        "红烧肉放几克盐",
        "他很安定",
        "I ordered a coke",
        "晚安，明天见",
        "drink more water",
        "1 g of salt",
    ],
)
def test_an_ordinary_word_is_no_drug(text: str) -> None:
    assert not mentions(text)


@pytest.mark.parametrize(
    ("text", "substance"),
    [("吸了点冰停不下来", "methamphetamine"), ("K", "ketamine"), ("molly at a rave", "mdma")],
)
def test_an_ordinary_word_is_a_drug_in_the_company_of_drug_words(text: str, substance: str) -> None:
    assert named(text) == {substance}


def test_an_ambiguous_name_is_not_guessed() -> None:
    assert not named("喵喵容易上瘾吗")
    (mention,) = ambiguous("喵喵容易上瘾吗")
    assert set(mention.substances) == {"ketamine", "mephedrone", "methcathinone"}


def test_a_clear_name_settles_an_ambiguous_one() -> None:
    assert named("喵喵（4-MMC）容易上瘾吗") == {"mephedrone"}
    assert not ambiguous("喵喵（4-MMC）容易上瘾吗")


def test_the_longest_name_wins() -> None:
    assert named("艾司氯胺酮") == {"esketamine"}
    assert named("合成大麻素有多危险") == {"synthetic-cannabinoids"}


@given(st.text("氯胺酮K粉ket amine ｋ\u200b愷他命ﬁ", max_size=30))
def test_offsets_are_those_of_the_text_as_given(text: str) -> None:
    for mention in mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
        again = {s for m in mentions(text[mention.start : mention.end]) for s in m.substances}
        # After a chemical prefix a name stands for its class.
        assert set(mention.substances) <= again | classes_of(again)


def test_classes_come_with_the_substance() -> None:
    assert "dissociative" in classes_of({"ketamine"})
    assert classes_of({"opioid"}) == {"opioid"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("容易上瘾吗", "dependence"),
        ("is it addictive", "dependence"),
        ("断了会怎样", "withdrawal"),
        ("能一起吃吗", "interactions"),
        ("吃多了怎么办", "overdose"),
        ("依赖性与滥用潜力", "dependence"),
        ("耐受性和成瘾潜力", "tolerance"),
        ("危险的药物联用", "interactions"),
        ("药物过量", "overdose"),
        ("how long does it last", "duration"),
        ("半衰期多少", "pharmacokinetics"),
        ("灵魂出窍的感觉", "dissociation"),
    ],
)
def test_a_topic_is_seen_in_questions_and_headings(text: str, topic: str) -> None:
    assert topic in topics(text)


def test_a_question_is_expanded_into_both_languages() -> None:
    words = expand(Text("What about opioid withdrawal?"), curated(), {"withdrawal"})
    assert {"阿片类", "opioids", "戒断", "withdrawal"} <= set(words)
    assert {"氯胺酮", "ketamine"} <= set(expand(Text("K粉会上瘾吗"), curated()))


def test_each_topic_has_a_question_in_each_language_about_itself() -> None:
    for topic in topics_of_questions():
        for language in ("zh-Hans", "en"):
            question = question_about(topic, "ketamine", language, curated())
            assert topic in topics(question), question
    assert question_about("dependence", "ketamine", "zh-Hant", curated()) == "氯胺酮會上癮嗎？"


def test_every_alias_has_a_source_and_finds_its_substance() -> None:
    for substance in substances().values():
        assert set(substance.sources) == set(substance.aliases)
        for alias in substance.aliases:
            found = {s for mention in mentions(alias) for s in mention.substances}
            assert substance.id in found, alias


def test_a_lexicon_table_has_no_name_twice() -> None:
    for row in table(lexicon.__file__, "substances.toml").values():
        groups = [*row.get("names", {}).values(), *row.get("context", {}).values()]
        names = [name for group in groups for name in group]
        assert len(names) == len(set(names)), row["en"]
