"""Pins, blocks, other words and other contacts at work in real answers."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.answering.wording import SHIPPED, wording_of
from bot.corpus.catalogue import Catalogue
from bot.corpus.ingest import ingest
from bot.overrides import (
    Alias,
    Block,
    ContactEdit,
    Overrides,
    PassageRef,
    PhraseEdit,
    Pin,
)
from bot.pipeline import Bot, Question
from bot.retrieval.corrections import NEAR, reaches
from bot.retrieval.fingerprints import best_match, reference, standing_for
from embeddings.encoder import SentenceEncoder
from embeddings.library import Library
from embeddings.snapshot import Snapshot
from tests.bot.asking import subject_of

ASKED = "艾司氯胺酮的不良反应有哪些？"
ALSO = "艾司氯胺酮有哪些不良反应"
OTHER = "艾司氯胺酮会上瘾吗？"
DANGER = "我朋友吸了K粉之后叫不醒，嘴唇发紫"


def shown(answer: Answer) -> list[str]:
    """The ids of all quoted passages, safety included."""
    return [
        *(passage.id for passage in answer.passages),
        *(passage.id for block in answer.safety for passage in block.passages),
    ]


@pytest.fixture
def third(bot: Bot, seeds: Snapshot) -> PassageRef:
    """The passage that stands third for the question."""
    return reference(seeds.by_id[bot.ask(Question(ASKED)).passages[2].id])


def pinned(third: PassageRef, reach: float = 2.0) -> Overrides:
    return Overrides(pins=(Pin("a", ASKED, (third,), reach),))


def test_a_pinned_passage_comes_first_and_the_others_follow(bot: Bot, third: PassageRef) -> None:
    before = bot.ask(Question(ASKED)).passages
    after = bot.under(pinned(third)).ask(Question(ASKED)).passages
    assert after[0].id == third.id
    assert [each.number for each in after] == list(range(1, len(after) + 1))
    assert {each.id for each in before[:2]} < {each.id for each in after}


def test_the_same_words_are_the_same_question_whatever_the_script(
    bot: Bot, third: PassageRef
) -> None:
    written = "艾司氯胺酮的不良反應有哪些"
    assert bot.under(pinned(third)).ask(Question(written)).passages[0].id == third.id


def test_a_pin_reaches_near_questions_only_where_it_was_told_to(
    bot: Bot, third: PassageRef
) -> None:
    assert bot.ask(Question(ALSO)).passages[0].id != third.id
    assert bot.under(pinned(third)).ask(Question(ALSO)).passages[0].id != third.id
    assert bot.under(pinned(third, NEAR)).ask(Question(ALSO)).passages[0].id == third.id


@pytest.mark.parametrize("question", [OTHER, "可卡因的不良反应有哪些？", "side effects of PCP"])
def test_a_pin_does_not_reach_another_topic_or_another_substance(
    bot: Bot, third: PassageRef, question: str
) -> None:
    wide = bot.under(pinned(third, 0.7))
    assert shown(wide.ask(Question(question))) == shown(bot.ask(Question(question)))


def test_a_pin_answers_where_nothing_was_found(bot: Bot, seeds: Snapshot) -> None:
    silent = Question("氯胺酮有什么味道")
    assert bot.ask(silent).kind == "not_found"
    ref = reference(seeds.passages[0])
    answer = bot.under(Overrides(pins=(Pin("a", silent.text, (ref,)),))).ask(silent)
    assert (answer.kind, [each.id for each in answer.passages]) == ("answer", [ref.id])


def test_a_pin_changes_nothing_of_what_an_emergency_is_told_first(
    bot: Bot, third: PassageRef
) -> None:
    before = bot.ask(Question(DANGER))
    after = bot.under(Overrides(pins=(Pin("a", DANGER, (third,)),))).ask(Question(DANGER))
    assert after.kind == "emergency"
    assert (after.resources, after.first_aid) == (before.resources, before.first_aid)
    # A pinned passage may bring the line about its marks, below what is told first.
    about_marks = "withheld_passages"
    told = [[m for m in a.messages if m.id != about_marks] for a in (before, after)]
    assert told[0] == told[1]


def test_what_made_a_difference_is_in_the_trace(bot: Bot, third: PassageRef) -> None:
    _, trace = bot.under(pinned(third)).consider(Question(ASKED))
    assert "pin a" in trace.signs
    assert trace.candidates[0].shown


def test_a_blocked_passage_is_nowhere(
    bot: Bot, third: PassageRef, seeds: Snapshot, snapshot_dir: Path
) -> None:
    blocked = Overrides(blocks=(Block("a", third),))
    other = bot.under(blocked)
    reader = Catalogue(Library(snapshot_dir), overrides=lambda: blocked)
    assert third.id not in shown(other.ask(Question(ASKED)))
    assert third.id not in {p.id for p in other.search(ASKED, limit=50).passages}
    with pytest.raises(KeyError):
        reader.passage(third.id)
    assert reader.gone(third.id)
    document = seeds.by_id[third.id].document
    page = reader.document(document)
    assert third.id not in {p.id for section in page.sections for p in section.passages}
    assert page.passages == Catalogue(Library(snapshot_dir)).document(document).passages - 1


def test_a_blocked_safety_passage_gives_way_to_the_next(bot: Bot, seeds: Snapshot) -> None:
    question = Question("氯胺酮可以缓解疼痛吗")
    told = [p for block in bot.ask(question).safety for p in block.passages]
    assert told
    blocked = Overrides(blocks=tuple(Block("a", reference(seeds.by_id[p.id])) for p in told))
    assert {p.id for p in told}.isdisjoint(shown(bot.under(blocked).ask(question)))


def test_a_block_for_one_substance_leaves_the_others_alone(bot: Bot, third: PassageRef) -> None:
    for substance, gone in (("cocaine", False), (about(bot), True)):
        blocked = bot.under(Overrides(blocks=(Block("a", third, substance),)))
        assert (third.id not in shown(blocked.ask(Question(ASKED)))) == gone


def about(bot: Bot) -> str:
    [substance] = bot.consider(Question(ASKED))[1].substances
    return substance


def test_a_block_holds_after_the_document_was_renamed_or_cut_anew(
    seeds: Snapshot, third: PassageRef
) -> None:
    renamed = replace(third, id="anotherid", document="elsewhere.md")
    assert standing_for(seeds, renamed) == {third.id}
    cut = replace(renamed, content="othercontent", sentences=third.sentences[:2])
    assert third.id in standing_for(seeds, cut)
    assert best_match(seeds, cut) == third.id
    gone = replace(renamed, content="othercontent", sentences=("a", "b"))
    assert standing_for(seeds, gone) == frozenset()
    assert best_match(seeds, gone) is None


def test_a_pin_to_a_passage_that_is_gone_changes_nothing(bot: Bot) -> None:
    lost = Overrides(pins=(Pin("a", ASKED, (PassageRef("lost", "lost", ("lost",)),)),))
    assert shown(bot.under(lost).ask(Question(ASKED))) == shown(bot.ask(Question(ASKED)))


def test_a_sentence_in_other_words_is_said_and_the_languages_kept_apart(bot: Bot) -> None:
    edit = PhraseEdit("a", "en", "greeting", "Good that you are here.", "A. Editor")
    other = bot.under(Overrides(phrases=(edit,)))
    assert other.ask(Question("hello")).messages[0].text == "Good that you are here."
    assert other.ask(Question("你好")).messages == bot.ask(Question("你好")).messages


def test_a_first_aid_card_brings_its_own_source(bot: Bot) -> None:
    card = bot.ask(Question(DANGER)).first_aid[0]
    edit = PhraseEdit("a", "zh-Hans", f"first_aid.{card.id}", "先打电话。", "某指南")
    answer = bot.under(Overrides(phrases=(edit,))).danger(Question(DANGER))
    assert answer is not None
    assert (answer.first_aid[0].text, answer.first_aid[0].source) == ("先打电话。", "某指南")


def test_a_contact_that_took_anothers_place_passes_the_gate(bot: Bot) -> None:
    old = ("CN", "crisis", "12356", "call")
    rows = tuple(
        row.model_copy(update={"phone": "12355"}) for row in SHIPPED.contacts.by_key()[old]
    )
    other = bot.under(Overrides(contacts=(ContactEdit("a", old, rows),)))
    answer = other.ask(Question("我不想活了", region="CN"))
    phones = [each.phone for each in answer.resources]
    assert "12355" in phones
    assert "12356" not in phones


def test_the_last_contact_of_a_kind_cannot_be_taken_away() -> None:
    gone = ContactEdit("a", ("CN", "emergency", "120", "call"), ())
    without = wording_of(Overrides(contacts=(gone,))).contacts
    assert without.resources("CN", "en") == SHIPPED.contacts.resources("CN", "en")


def test_a_name_gets_another_meaning_or_several_or_none(bot: Bot) -> None:
    asked = Question("月光粉会上瘾吗？")
    assert bot.consider(asked)[1].substances == ()
    means = {
        meant: bot.under(Overrides(aliases=(Alias("a", "月光粉", meant),))).consider(asked)
        for meant in ((), ("ketamine",), ("ketamine", "cocaine"))
    }
    assert means[("ketamine",)][1].substances == ("ketamine",)
    assert means[("ketamine",)][0].passages
    assert means[("ketamine", "cocaine")][0].kind == "clarify"
    assert len(means[("ketamine", "cocaine")][0].choices) == 2
    assert means[()][1].substances == ()


def test_a_name_of_the_lexicon_can_be_taken_back(bot: Bot) -> None:
    asked = Question("K粉会上瘾吗？")
    assert bot.consider(asked)[1].substances == ("ketamine",)
    edited = Overrides(aliases=(Alias("a", "k粉", ("cocaine",)),))
    assert bot.under(edited).consider(asked)[1].substances == ("cocaine",)


def test_corrections_hold_inside_and_nowhere_else(bot: Bot, third: PassageRef) -> None:
    before = shown(bot.ask(Question(ASKED)))
    assert shown(bot.under(pinned(third)).ask(Question(ASKED))) != before
    assert shown(bot.ask(Question(ASKED))) == before


PAGE = """---
title: 苏扎普隆
---

| 化学信息 | 苏扎普隆 |
| --- | --- |
| 分子式 | C19H21 |
| 常见名称 | 苏扎普隆 |
| 精神活性分类 | 镇静剂 |

苏扎普隆是一种镇静药物，人们用它帮助睡眠。

## 依赖与滥用

长期使用苏扎普隆会让人产生依赖，突然停下会失眠、焦虑，有的人会反复想用。

## 过量

苏扎普隆过量会让人昏睡、呼吸变慢，与酒精一起更加危险，需要马上叫救护车。
"""


@pytest.fixture
def of_pages(tmp_path: Path, model: SentenceEncoder) -> Bot:
    """A bot whose documents are about a substance that no shipped list knows."""
    (tmp_path / "wiki").mkdir()
    (tmp_path / "wiki" / "苏扎普隆.md").write_text(PAGE, "utf-8")
    ingest([tmp_path / "wiki"], tmp_path / "data", model)
    return Bot(Library(tmp_path / "data"), lambda: model)


def test_a_pin_on_a_substance_of_the_pages_lives_on_after_its_preview(of_pages: Bot) -> None:
    asked, near = "苏扎普隆会上瘾吗？", "苏扎普隆会不会上瘾"
    ready = of_pages.ready()
    overdose = next(p for p in ready.snapshot.passages if "救护车" in p.text)
    overrides = Overrides(pins=(Pin("a", asked, (reference(overdose),), NEAR),))
    bare, known = subject_of(near), subject_of(near, names=ready.names(overrides))
    [vector] = ready.encoder.encode([near])
    # Read without the names of the pages first: what was read so must not stay.
    reaches(overrides.pins[0], bare, vector, ready.encoder)
    assert reaches(overrides.pins[0], known, vector, ready.encoder)
    assert of_pages.under(overrides).ask(Question(near)).passages[0].id == overdose.id


def test_a_name_that_moderators_gave_counts_in_the_next_answer_and_in_no_cache(
    of_pages: Bot,
) -> None:
    named = Overrides(aliases=(Alias("a", "小苏打", ("page:苏扎普隆",)),))
    asked = Question("小苏打会上瘾吗")
    for _ in range(2):
        assert of_pages.consider(asked)[1].substances == ()
        assert of_pages.under(named).consider(asked)[1].substances == ("page:苏扎普隆",)
