"""Browsing: what is offered is named, grouped, and can be asked as it stands."""

import opencc
import pytest

from bot.answering.suggestions import OFFERED_TOPICS
from bot.corpus.browsing import OTHER, browse, topics_offered
from bot.pipeline import Bot, Question
from bot.substances.glossary import names_of
from embeddings.documents import Language
from embeddings.snapshot import Snapshot
from tests.bot.asking import named


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_entry_has_a_name_and_questions_that_name_it(
    seeds: Snapshot, language: Language
) -> None:
    entries = [each for group in browse(seeds, language, names_of(seeds)) for each in group.entries]
    assert entries
    for entry in entries:
        assert entry.name and entry.offers
        assert all(entry.id in named(offer.question) for offer in entry.offers)


def test_every_question_offered_is_answered(bot: Bot, seeds: Snapshot) -> None:
    for group in browse(seeds, "zh-Hans", names_of(seeds)):
        for entry in group.entries:
            for offer in entry.offers:
                answer = bot.ask(Question(offer.question, language="zh-Hans"))
                assert answer.passages, offer.question


def test_ketamine_stands_among_its_kind(seeds: Snapshot) -> None:
    groups = {
        each.id: group for group in browse(seeds, "en", names_of(seeds)) for each in group.entries
    }
    assert groups["ketamine"].name in ("dissociatives", "")
    assert any(each.also == "氯胺酮" for each in groups["ketamine"].entries)


def test_a_class_without_company_stands_with_the_others(seeds: Snapshot) -> None:
    sizes = {group.id: len(group.entries) for group in browse(seeds, "zh-Hans", names_of(seeds))}
    assert all(size >= 2 for key, size in sizes.items() if key != OTHER)


def test_what_is_said_of_a_class_comes_before_its_substances(seeds: Snapshot) -> None:
    for group in browse(seeds, "en", names_of(seeds)):
        kinds = [each.is_class for each in group.entries if group.id != OTHER]
        assert kinds == sorted(kinds, reverse=True)


def test_names_are_written_in_the_script_of_the_page(seeds: Snapshot) -> None:
    simplified = opencc.OpenCC("s2tw")
    for group in browse(seeds, "zh-Hant", names_of(seeds)):
        assert all(simplified.convert(each.name) == each.name for each in group.entries)


def test_a_topic_lists_those_of_which_the_sources_say_something_on_it(seeds: Snapshot) -> None:
    groups = browse(seeds, "en", names_of(seeds))
    offered = topics_offered(groups)
    assert set(offered) <= set(OFFERED_TOPICS)
    for topic in offered:
        found = [each.on(topic) for group in groups for each in group.on(topic)]
        assert found and all(found)
    assert not any(group.on("no such topic") for group in groups)
