import shutil
from pathlib import Path

import pytest

from bot.corpus.ingest import IngestReport, ingest, opaque
from embeddings.encoder import SentenceEncoder
from embeddings.errors import SourceUnreadable
from embeddings.readers import FORMATS
from embeddings.readers.parsed import Parsed
from embeddings.snapshot import Snapshot, load
from tests.letters import LetterEncoder
from tests.places import SEEDS


def test_all_three_seeds_are_in_the_snapshot(seeds: Snapshot) -> None:
    assert sorted(seeds.documents) == sorted(path.name for path in SEEDS.glob("*.txt"))
    assert all(seeds.of_document[name] for name in seeds.documents)


def test_the_report_counts_every_passage(report: IngestReport, seeds: Snapshot) -> None:
    counted = sum(sum(fates.values()) for fates in report.passages.values())
    assert counted == len(seeds.passages) + len(seeds.withheld)


def test_the_report_says_that_title_and_heading_disagree(report: IngestReport) -> None:
    (warning,) = [line for line in report.warnings if "神经递质释放剂" in line]
    assert "神经递质再摄取抑制剂" in warning


def test_a_passage_knows_what_it_is_about(seeds: Snapshot) -> None:
    (passage,) = [p for p in seeds.passages if "静脉给药的发生率约为" in p.text]
    assert "ketamine" in passage.labels["inside"]
    assert "dissociation" in passage.labels["touches"]


def test_an_unreadable_file_is_named_and_the_rest_is_ingested(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    (tmp_path / "seeds" / "broken.pdf").write_bytes(b"%PDF-1.7 \xff\xfe nothing")
    report = ingest([tmp_path / "seeds"], tmp_path / "data", LetterEncoder())
    assert report.documents == 3
    (line,) = report.unreadable
    assert "broken.pdf" in line


def test_a_folder_with_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=str(tmp_path)):
        ingest([tmp_path], tmp_path / "data", LetterEncoder())


def test_a_folder_in_which_nothing_can_be_read_says_why_for_each_kind(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx", "c.md", "LICENSE.md"):
        (tmp_path / name).write_text("---\ndraft: true\n---\n\ntext\n", encoding="utf-8")
    (tmp_path / "d.pdf").write_bytes(b"no pdf")
    with pytest.raises(SourceUnreadable) as caught:
        ingest([tmp_path], tmp_path / "data", LetterEncoder())
    said = str(caught.value)
    for why in ("2 not of a format that is read (.docx)", "1 not published", "1 about the folder",
                "1 could not be read", "d.pdf"):  # fmt: skip
        assert why in said


def test_a_fault_in_a_reader_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    (tmp_path / "seeds" / "odd.html").write_text("<p>text", encoding="utf-8")

    def fails(data: bytes, path: Path) -> Parsed:
        raise ZeroDivisionError("odd")

    monkeypatch.setattr("embeddings.readers.FORMATS", {**FORMATS, ".html": fails})
    report = ingest([tmp_path / "seeds"], tmp_path / "data", LetterEncoder())
    assert report.documents == 3
    (line,) = report.unreadable
    assert "odd.html" in line
    assert "ZeroDivisionError" in line


@pytest.mark.parametrize("name", ["报告/45毫克的一夜.md", "reports/150ug trip.md"])
def test_a_path_that_tells_an_amount_becomes_a_hash(name: str) -> None:
    assert opaque(name) != name
    assert opaque(name) == opaque(name)
    assert not any(character.isdigit() for character in opaque(name))


def test_an_ordinary_path_is_the_id() -> None:
    assert opaque("药物/氯胺酮.md") == "药物/氯胺酮.md"


def test_ingesting_again_gives_the_same_snapshot(
    snapshot_dir: Path, model: SentenceEncoder, tmp_path: Path
) -> None:
    shutil.copytree(snapshot_dir, tmp_path / "data")
    before = load(snapshot_dir).id
    assert ingest([SEEDS], tmp_path / "data", model).snapshot == before


def test_no_line_of_the_report_tells_an_amount(tmp_path: Path) -> None:
    page = "---\ntitle: 氯胺酮45毫克\n---\n# 氯胺酮 60 mg 的一夜\n\n氯胺酮会引起解离。\n"
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "wiki.md").write_text(page)
    (tmp_path / "seeds" / "吃了90毫克.pdf").write_bytes(b"no pdf")
    report = ingest([tmp_path / "seeds"], tmp_path / "data", LetterEncoder())
    said = str(report.as_json())
    assert report.warnings
    assert report.unreadable
    assert [amount for amount in ("45毫克", "60 mg", "90毫克") if amount in said] == []
