"""Of whom a passage tells a danger, and how clearly."""

from bot.answering.dangers import spoken_of
from embeddings.documents import Passage

GHB: dict[str, tuple[str, ...]] = {"page": ("ghb",), "topics": ("dependence",)}

Labels = dict[str, tuple[str, ...]]


def told(labels: Labels, near: float = 0.3) -> dict[tuple[str, str], float]:
    passage = Passage("…", "d", 0, 1, "…", (), "zh-Hans", labels=labels)
    found = spoken_of(passage, {"dissociation": 0.3, "dependence": near})
    return {(name, topic): strength for name, topic, strength in found}


def test_a_page_tells_the_dangers_of_its_subject_and_of_nobody_it_mentions() -> None:
    found = told({**GHB, "inside": ("alcohol",)})
    assert found.keys() == {("ghb", "dependence")}


def test_a_heading_may_name_another() -> None:
    found = told({**GHB, "headed": ("alcohol",)})
    assert {name for name, _ in found} == {"ghb", "alcohol"}


def test_a_document_about_nothing_counts_for_what_its_headings_name() -> None:
    labels: Labels = {"about": ("opioid",), "inside": ("heroin",), "topics": ("dependence",)}
    assert told(labels).keys() == {("opioid", "dependence")}


def test_one_sentence_is_enough_where_it_names_the_substance() -> None:
    labels: Labels = {"page": ("ghb",), "touches": ("dependence",)}
    said: Labels = {**labels, "inside": ("ghb",), "dependence of": ("ghb",)}
    assert not told(labels)
    assert told(said)
    assert not told({**said, "on": ("effects",)})


def test_what_is_far_in_meaning_counts_only_under_a_heading() -> None:
    assert not told(GHB, 0.1)
    assert told({**GHB, "on": ("dependence",)}, 0.1)


def test_sentences_come_before_tables() -> None:
    prose, table = told({**GHB, "form": ("prose",)}), told({**GHB, "form": ("table",)})
    assert max(table.values()) < max(prose.values())
