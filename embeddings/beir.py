"""Question sets in BEIR's layout: a folder that brings its own corpus and its judgements.

    corpus.jsonl   {"_id", "title"?, "text"}
    queries.jsonl  {"_id", "text"}
    qrels.tsv      query-id, corpus-id, score; with that head line; also qrels/test.tsv

Thakur, Reimers, Rücklé, Srivastava and Gurevych 2021, "BEIR: A heterogeneous benchmark for
zero-shot evaluation of information retrieval models", arXiv 2104.08663.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from embeddings.build import Content, Progress, build
from embeddings.documents import Document, Passage
from embeddings.encoder import Encoder
from embeddings.errors import QuestionsInvalid
from embeddings.snapshot import Snapshot, load
from embeddings.text.language import detect

__all__ = ["Collection", "index", "read_collection", "read_lines"]

CORPUS, QUERIES = "corpus.jsonl", "queries.jsonl"
QRELS = ("qrels.tsv", "qrels/test.tsv")


@dataclass(frozen=True, slots=True)
class Collection:
    """One set: documents as (title, text) by id, judged questions by id, gains by question."""

    name: str
    documents: Mapping[str, tuple[str, str]]
    questions: Mapping[str, str]
    judged: Mapping[str, Mapping[str, float]]


def read_collection(folder: Path) -> Collection:
    """Read a folder; questions without a judgement are left out, as BEIR does.

    Raises QuestionsInvalid, naming file and line.
    """
    documents = {
        text_of(row, "_id", place): (str(row.get("title") or ""), text_of(row, "text", place))
        for place, row in read_lines(folder / CORPUS)
    }
    asked = {
        text_of(row, "_id", place): text_of(row, "text", place)
        for place, row in read_lines(folder / QUERIES)
    }
    judged = judgements(folder, documents, asked)
    questions = {name: text for name, text in asked.items() if name in judged}
    if not questions:
        raise QuestionsInvalid(f"{folder}: no question has a judgement of a score above 0")
    return Collection(folder.resolve().name, documents, questions, judged)


def read_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield `FILE, line N` and the object of each line that is not blank.

    Raises QuestionsInvalid for a file that cannot be read and a line that is no JSON object.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = "is not UTF-8" if isinstance(error, ValueError) else "cannot be read"
        raise QuestionsInvalid(f"{path} {why}") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise QuestionsInvalid(f"{place}: not JSON ({error})") from None
        if not isinstance(row, dict):
            raise QuestionsInvalid(f"{place}: not a JSON object")
        yield place, row


def text_of(row: Mapping[str, Any], name: str, place: str) -> str:
    """Return a field that must be there; raises QuestionsInvalid."""
    value = row.get(name)
    if not isinstance(value, str):
        raise QuestionsInvalid(f"{place}: `{name}` is missing or no text")
    return value


def judgements(
    folder: Path, documents: Mapping[str, object], questions: Mapping[str, object]
) -> Mapping[str, Mapping[str, float]]:
    """Return the gains above 0, by question and document."""
    path = next((folder / name for name in QRELS if (folder / name).is_file()), None)
    if path is None:
        raise QuestionsInvalid(f"{folder}: neither {' nor '.join(QRELS)} is there")
    judged: dict[str, dict[str, float]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip() or (number == 1 and line.startswith("query-id")):
            continue
        question, document, gain = columns(line, f"{path}, line {number}")
        if question not in questions or document not in documents:
            name, file = (document, CORPUS) if question in questions else (question, QUERIES)
            raise QuestionsInvalid(f"{path}, line {number}: {name} is not in {file}")
        if gain > 0:
            judged.setdefault(question, {})[document] = gain
    return judged


def columns(line: str, place: str) -> tuple[str, str, float]:
    """Return question, document and gain of one judgement; raises QuestionsInvalid."""
    try:
        question, document, gain = line.split("\t")
        return question, document, float(gain)
    except ValueError:
        raise QuestionsInvalid(
            f"{place}: not three columns with tabs between, the last a number"
        ) from None


def index(collection: Collection, encoder: Encoder, progress: Progress | None = None) -> Snapshot:
    """Build and open the snapshot of a collection, a document being one passage.

    It is made as `ingest` makes one, so that what is measured is what runs, in a temporary
    directory that is gone when this returns: nothing is kept for the next time.
    """
    documents = [document_of(collection, name) for name in collection.documents]
    content = Content(
        documents=documents,
        passages=[passage_of(document) for document in documents],
        withheld=(),
        shown=[document.text for document in documents],
        facts={},
        origin={},
        report={},
    )
    with TemporaryDirectory(prefix="safepassage-eval-") as place:
        build(Path(place), content, encoder, progress)
        return load(Path(place))


def document_of(collection: Collection, name: str) -> Document:
    """Return one entry of the corpus as a document."""
    title, text = collection.documents[name]
    return Document(
        id=name,
        source=collection.name,
        title=title,
        text=text,
        markup="text",
        sha256=sha256(text.encode()).hexdigest(),
        language=detect(text),
    )


def passage_of(document: Document) -> Passage:
    """Return the whole text of a document as its only passage."""
    return Passage(
        id=document.id,
        document=document.id,
        start=0,
        end=len(document.text),
        text=document.text,
        section=(),
        language=document.language,
    )
