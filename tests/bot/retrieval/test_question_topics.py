"""What a question asks about in words that mean nothing in a passage."""

import re

import pytest

from bot.retrieval import question_topics
from bot.retrieval.question_topics import asked_about
from bot.substances.naming import curated
from bot.vocabulary.text import Text
from bot.vocabulary.topics import topics_of_questions
from embeddings.datafiles import table
from tests.bot.asking import subject_of, topics


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("曲马多跟什么不能混", "interactions"),
        ("can you drink on diazepam", "interactions"),
        ("吃着舍曲林能碰氯胺酮吗", "interactions"),
        ("停氯胺酮之后难受多久", "withdrawal"),
        ("不吃普瑞巴林会有什么反应", "withdrawal"),
        ("when does MDMA kick in", "duration"),
        ("右美沙芬要命吗", "overdose"),
        ("离不开可待因了", "dependence"),
        ("LSD 啥感觉", "effects"),
        ("does cocaine fry your brain", "toxicity"),
        ("持有大麻判几年", "legal"),
        ("what is ketamine prescribed for", "treatment"),
        ("可待因解药是什么", "first_aid"),
    ],
)
def test_a_topic_is_seen_without_any_word_for_it(question: str, topic: str) -> None:
    assert topic not in topics(question)
    assert topic in asked_about(Text(question), curated())
    assert topic in subject_of(question).topics


def test_what_stands_in_a_passage_is_not_read_so() -> None:
    assert "interactions" not in topics("他后来和朋友喝酒去了")


def test_a_question_on_nothing_asks_about_no_topic() -> None:
    assert not asked_about(Text("你好"), curated())


def test_every_topic_of_the_list_is_one_that_can_be_asked_about() -> None:
    rows = table(question_topics.__file__, "question_topics.toml")
    assert rows.keys() <= topics_of_questions().keys()
    assert all(row.keys() == {"zh", "en"} for row in rows.values())


def test_no_phrase_stands_twice_under_a_topic() -> None:
    for topic, row in table(question_topics.__file__, "question_topics.toml").items():
        for phrases in row.values():
            assert len(phrases) == len({*phrases}), topic


def test_english_phrases_are_whole_words() -> None:
    assert "duration" not in asked_about(Text("is it white"), curated())
    assert re.search("hit", "white")
