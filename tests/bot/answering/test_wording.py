"""First-aid cards: complete in every language, without counts, honest about their review."""

import re

import pytest

from bot.answering import phrases
from bot.answering.wording import CARDS, SHIPPED
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

LANGUAGES = phrases.languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_is_there_with_steps_and_a_source(language: Language) -> None:
    assert tuple(phrases.first_aid(language)) == CARDS
    for card in SHIPPED.cards(CARDS, language):
        assert len(card.text.splitlines()) >= 5
        assert all(line == line.strip() and line for line in card.text.splitlines())
        assert card.source


@pytest.mark.parametrize("card", CARDS)
def test_a_card_has_the_same_steps_and_sources_in_every_language(card: str) -> None:
    shown = [SHIPPED.cards([card], language)[0] for language in LANGUAGES]
    assert len({len(each.text.splitlines()) for each in shown}) == 1
    assert len({each.source for each in shown}) == 1


def test_no_card_claims_a_review_that_nobody_did() -> None:
    assert not any(card.reviewed for card in SHIPPED.cards(CARDS, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_antidote_is_given_as_its_package_says(language: Language) -> None:
    for card in SHIPPED.cards(CARDS, language):
        for line in card.text.splitlines():
            if re.search("naloxone is at hand|有纳洛酮|有納洛酮", line):
                assert re.search("package|包装|包裝", line)


URGENT = ("not_breathing", "unconscious", "seizure", "overheating", "chest_pain")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", URGENT)
def test_an_urgent_card_begins_with_the_call(card: str, language: Language) -> None:
    [shown] = SHIPPED.cards([card], language)
    assert re.search("emergency number|急救电话|求助電話", shown.text.splitlines()[1])


def test_cards_come_once_and_in_the_order_asked_for() -> None:
    shown = SHIPPED.cards(["do_not", "seizure", "do_not"], "en")
    assert [card.id for card in shown] == ["do_not", "seizure"]


def test_an_unknown_card_is_refused() -> None:
    with pytest.raises(CatalogueInvalid, match="hiccups"):
        SHIPPED.cards(["hiccups"], "en")
