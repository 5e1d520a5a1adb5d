from datetime import date
from pathlib import Path

import pytest

from bot.answering.gate import permitted
from bot.corpus.catalogue import Catalogue
from embeddings.library import Library
from embeddings.snapshot import Snapshot


@pytest.fixture
def reader(snapshot_dir: Path) -> Catalogue:
    return Catalogue(Library(snapshot_dir))


def test_the_documents_are_listed_page_by_page(reader: Catalogue, seeds: Snapshot) -> None:
    first = reader.documents(limit=2)
    rest = reader.documents(first.next_cursor, limit=2)
    assert [d.id for d in (*first.documents, *rest.documents)] == sorted(seeds.documents)
    assert rest.next_cursor is None


def test_a_document_is_shown_whole_and_screened(reader: Catalogue, seeds: Snapshot) -> None:
    view = reader.document("002_4496df4819806e38.txt", "zh-Hans")
    shown = [passage for section in view.sections for passage in section.passages]
    assert [p.id for p in shown] == [p.id for p in seeds.of_document[view.id]]
    assert "mg/kg" not in view.model_dump_json()
    assert all(permitted(passage, seeds) for passage in shown)
    assert view.sections[-1].path == ("4 药物安全性与不良反应",)


def test_what_was_never_there_is_no_key(reader: Catalogue) -> None:
    with pytest.raises(KeyError):
        reader.passage("nothing")
    with pytest.raises(KeyError):
        reader.document("nothing.txt")
    assert not reader.gone("nothing")


def test_a_passage_can_be_fetched_by_its_id(reader: Catalogue, seeds: Snapshot) -> None:
    wanted = seeds.passages[0]
    assert reader.passage(wanted.id).citation.start == wanted.start


def test_the_topics_are_questions_about_what_is_in_the_sources(reader: Catalogue) -> None:
    topics = reader.topics("zh-CN")
    assert any("氯胺酮" in topic.question for topic in topics)
    assert any("ketamine" in topic.question for topic in reader.topics("en"))


def test_the_first_topics_differ_in_substance_and_in_what_is_asked(reader: Catalogue) -> None:
    topics = reader.topics("en")
    first = topics[:3]
    assert len({topic.label for topic in first}) == 3
    assert len({topic.question.replace(topic.label, "…") for topic in first}) == 3


def test_the_status_counts_what_is_there(reader: Catalogue, seeds: Snapshot) -> None:
    status = reader.status(date(2026, 11, 21))
    assert status.snapshot == seeds.id
    assert status.documents == 3
    assert status.passages == len(seeds.passages)
    assert status.contacts_stale > 0


def test_the_status_of_an_empty_program_says_what_to_run(tmp_path: Path) -> None:
    status = Catalogue(Library(tmp_path)).status()
    assert status.snapshot is None
    assert "safepassage ingest" in (status.trouble or "")
