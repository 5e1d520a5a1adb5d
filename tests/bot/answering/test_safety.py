import pytest

from bot.answering.safety import ALWAYS, Beside, SafetyIndex, Told
from bot.answering.wording import SHIPPED
from bot.substances.glossary import Page, with_pages
from bot.substances.naming import Names, curated
from embeddings.documents import Language
from embeddings.encoder import SentenceEncoder
from embeddings.snapshot import Snapshot


@pytest.fixture(scope="module")
def index(seeds: Snapshot, model: SentenceEncoder) -> SafetyIndex:
    return SafetyIndex(seeds, model)


def beside(
    index: SafetyIndex, substances: list[str], language: Language, names: Names | None = None
) -> list[Beside]:
    told = Told(language, SHIPPED, names or curated())
    return index.beside(substances, told, lambda _: ())


def test_the_safety_passages_of_ketamine_are_about_ketamine(index: SafetyIndex) -> None:
    chosen = {item.topic: item for item in beside(index, ["ketamine"], "zh-Hans")}
    dissociation, dependence = chosen["dissociation"].passage, chosen["dependence"].passage
    assert dissociation is not None
    assert "解离是最常见的精神不良反应" in dissociation.text
    assert dependence is not None
    assert "ketamine" in dependence.labels["inside"]
    assert "滥用" in dependence.text
    assert chosen["interactions"].passage is not None


def test_where_the_sources_are_silent_it_is_said(index: SafetyIndex) -> None:
    chosen = beside(index, ["caffeine"], "en")
    assert {item.topic for item in chosen} == set(ALWAYS)
    for item in chosen:
        assert item.passage is None
        assert item.message is not None
        assert "caffeine" in item.message.text


def test_it_is_never_another_substances_passage(index: SafetyIndex) -> None:
    for substance in ("mdma", "lsd", "pregabalin", "alcohol", "cocaine"):
        for item in beside(index, [substance], "zh-Hans"):
            if item.passage:
                named = {*item.passage.labels["about"], *item.passage.labels["inside"]}
                assert substance in named or item.message is not None


def test_a_passage_about_the_class_says_that_it_is(index: SafetyIndex) -> None:
    for item in beside(index, ["heroin"], "en"):
        if item.passage:
            assert item.message is not None
            assert item.message.id == "safety_class"


def test_silence_about_a_substance_that_only_a_page_names_is_told(index: SafetyIndex) -> None:
    page = Page("芦竹.md", "page:芦竹", "芦竹", "Arundo donax", ("芦竹",))
    names = with_pages([page])
    chosen = beside(index, ["page:芦竹", "ketamine"], "zh-Hans", names)
    assert any(item.message and "芦竹" in item.message.text for item in chosen)


def test_what_is_said_of_a_substance_stands_beside_a_form_of_it_and_says_so(
    index: SafetyIndex,
) -> None:
    chosen = {item.topic: item for item in beside(index, ["esketamine"], "zh-Hans")}
    own = {item.topic: item for item in beside(index, ["ketamine"], "zh-Hans")}
    for topic in ("dissociation", "dependence"):
        assert chosen[topic].passage == own[topic].passage
        note = chosen[topic].message
        assert note is not None
        assert "氯胺酮" in note.text.replace("艾司氯胺酮", "")
