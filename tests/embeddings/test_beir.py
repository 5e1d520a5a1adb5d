from pathlib import Path

import pytest

from embeddings.beir import index, read_collection
from embeddings.encoder import SentenceEncoder
from embeddings.errors import QuestionsInvalid

FILES = {
    "corpus.jsonl": '{"_id": "d1", "title": "Ketamine", "text": "It blocks the NMDA receptor."}\n'
    '{"_id": "d2", "title": "", "text": "酒精抑制呼吸。"}\n',
    "queries.jsonl": '{"_id": "q1", "text": "which receptor"}\n{"_id": "q2", "text": "呼吸"}\n'
    '{"_id": "q3", "text": "nobody judged this"}\n',
    "qrels.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t2\nq2\td2\t1\nq2\td1\t0\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_folder_is_read_with_its_judged_questions(folder: Path) -> None:
    read = read_collection(folder)
    assert list(read.questions) == ["q1", "q2"]
    assert read.judged == {"q1": {"d1": 2.0}, "q2": {"d2": 1.0}}
    assert read.documents["d1"] == ("Ketamine", "It blocks the NMDA receptor.")
    assert read.name == folder.name


def test_the_standard_place_of_the_judgements_is_known_too(folder: Path) -> None:
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    assert read_collection(folder).judged["q2"] == {"d2": 1.0}


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("corpus.jsonl", '{"_id": "d1", "text": "a"}\n{"_id": 3}', "line 2: `_id` is missing"),
        ("corpus.jsonl", '\n{"_id": "d1", "text": ', "corpus.jsonl, line 2: not JSON"),
        ("queries.jsonl", "[1]", "line 1: not a JSON object"),
        ("queries.jsonl", '{"_id": "q1", "txt": "a"}', "line 1: `text` is missing"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq1 d1 1", "line 2: not three columns"),
        ("qrels.tsv", "q1\td1\tyes", "line 1: not three columns"),
        ("qrels.tsv", "q1\td9\t1", "d9 is not in corpus.jsonl"),
        ("qrels.tsv", "q9\td1\t1", "q9 is not in queries.jsonl"),
        ("qrels.tsv", "q1\td1\t0", "no question has a judgement"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(folder: Path, file: str, text: str, told: str) -> None:
    (folder / file).write_text(text, "utf-8")
    with pytest.raises(QuestionsInvalid, match=told):
        read_collection(folder)


def test_a_file_that_is_missing_is_named(folder: Path) -> None:
    (folder / "qrels.tsv").unlink()
    with pytest.raises(QuestionsInvalid, match=r"neither qrels.tsv"):
        read_collection(folder)
    (folder / "corpus.jsonl").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(QuestionsInvalid, match=r"corpus.jsonl is not UTF-8"):
        read_collection(folder)


def test_a_collection_is_indexed_as_documents_are(folder: Path, model: SentenceEncoder) -> None:
    snapshot = index(read_collection(folder), model)
    rows, _ = snapshot.dense.search(model.encode(["呼吸受抑制"])[0], 1)
    assert snapshot.passages[int(rows[0])].id == "d2"
    assert snapshot.lexical.scores("ketamine").argmax() == 0
