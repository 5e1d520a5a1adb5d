"""A snapshot: passages, vectors, lexical index and manifest, in a directory named by its content.

DATA/current                    the id of the live snapshot
DATA/snapshots/ID/manifest.json what is inside, with a SHA-256 of every file
                 /documents.jsonl /passages.jsonl /withheld.jsonl
                 /dense.faiss /keys.json /sentences.npz /lexical/ /headings/ /glossary.json
                 /report.json
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from embeddings.documents import Document, Passage, Section
from embeddings.errors import SnapshotCorrupt, SnapshotMissing
from embeddings.storage import digest
from embeddings.stores.faiss import FaissStore
from embeddings.stores.lexical import LexicalIndex
from embeddings.stores.sentence_vectors import SentenceVectors

__all__ = ["FORMAT", "Snapshot", "current_id", "directory_of", "ids_of", "load", "to_lines"]

FORMAT = 2
"""Raised when the files change shape; a snapshot of another format is built again."""

Record = TypeVar("Record", Document, Passage)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """An opened snapshot. Row i of `dense`, `lexical`, `sentences` and `keys` is `passages[i]`.

    `headings` has of each passage the title and headings only. `glossary` is what the caller
    learned from the documents and wants to find again, as plain values.

    Two opened snapshots are never equal, so that what is worked out from one can be cached by it.
    """

    id: str
    manifest: Mapping[str, Any]
    documents: Mapping[str, Document]
    passages: Sequence[Passage]
    withheld: Sequence[Passage]
    dense: FaissStore
    lexical: LexicalIndex
    headings: LexicalIndex
    sentences: SentenceVectors
    keys: Sequence[str]
    glossary: Sequence[Mapping[str, Any]] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Passage]:
        """Every passage that may be shown, by its id."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of every passage, by its id."""
        return {passage.id: row for row, passage in enumerate(self.passages)}

    @cached_property
    def document_rows(self) -> NDArray[np.int32]:
        """For each passage, which of the documents it is of; shape (n,)."""
        numbers = {name: number for number, name in enumerate(self.documents)}
        return np.array([numbers[passage.document] for passage in self.passages], dtype=np.int32)

    @cached_property
    def of_document(self) -> Mapping[str, Sequence[Passage]]:
        """The passages that may be shown, by the id of their document."""
        found: dict[str, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.document, []).append(passage)
        return found


@lru_cache(maxsize=8)
def ids_of(directory: Path) -> frozenset[str]:
    """Return the ids of the documents and passages of a snapshot, without opening its indexes."""
    names = ("documents.jsonl", "passages.jsonl", "withheld.jsonl")
    texts = [(directory / name).read_text(encoding="utf-8") for name in names]
    return frozenset(json.loads(line)["id"] for text in texts for line in text.split("\n") if line)


def directory_of(data: Path, snapshot_id: str) -> Path:
    """Return where a snapshot lies."""
    return data / "snapshots" / snapshot_id


def current_id(data: Path) -> str:
    """Return the id of the live snapshot; raises SnapshotMissing if nothing was ingested."""
    try:
        found = (data / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise SnapshotMissing(
            f"nothing has been ingested into {data} yet; run `safepassage ingest`"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotCorrupt(
            f"{data / 'current'} cannot be read; run `safepassage ingest`"
        ) from error
    return found


def load(data: Path, snapshot_id: str | None = None) -> Snapshot:
    """Open the live snapshot or a named one, after checking every file against the manifest.

    Raises SnapshotMissing or SnapshotCorrupt, each saying what to do.
    """
    name = snapshot_id or current_id(data)
    directory = directory_of(data, name)
    manifest = read_manifest(directory, name)
    check_files(directory, manifest)
    try:
        snapshot = Snapshot(
            id=name,
            manifest=manifest,
            documents={d.id: d for d in read_lines(directory / "documents.jsonl", Document)},
            passages=tuple(read_lines(directory / "passages.jsonl", Passage)),
            withheld=tuple(read_lines(directory / "withheld.jsonl", Passage)),
            dense=FaissStore.load(directory / "dense.faiss"),
            lexical=LexicalIndex.load(directory / "lexical"),
            headings=LexicalIndex.load(directory / "headings"),
            sentences=SentenceVectors.load(directory / "sentences.npz"),
            keys=json.loads((directory / "keys.json").read_text(encoding="utf-8")),
            glossary=json.loads((directory / "glossary.json").read_text(encoding="utf-8")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise broken(name, "a file cannot be parsed") from error
    parts = (snapshot.dense, snapshot.lexical, snapshot.headings, snapshot.sentences, snapshot.keys)
    if any(len(part) != len(snapshot.passages) for part in parts):
        raise broken(name, "its parts do not have the same length")
    return snapshot


def broken(name: str, why: str) -> SnapshotCorrupt:
    """Say that a snapshot cannot be trusted, and what to do."""
    return SnapshotCorrupt(f"snapshot {name} is damaged ({why}); run `safepassage ingest`")


def read_manifest(directory: Path, name: str) -> Mapping[str, Any]:
    """Read the manifest; raises SnapshotCorrupt where it is missing or of another format."""
    try:
        manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise broken(name, "its manifest cannot be read") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise broken(name, "it was written by another version")
    return manifest


def check_files(directory: Path, manifest: Mapping[str, Any]) -> None:
    """Compare every file with the manifest; raises SnapshotCorrupt at the first difference."""
    for name, expected in manifest["files"].items():
        path = directory / name
        if not path.is_file() or digest(path) != expected:
            raise broken(directory.name, f"{name} is missing or was changed")


def to_lines(records: Iterable[Document | Passage]) -> str:
    """Write records as JSON lines; keys are sorted so that equal records give equal bytes."""
    return "".join(
        json.dumps(asdict(record), ensure_ascii=False, sort_keys=True) + "\n" for record in records
    )


def read_lines(path: Path, record: type[Record]) -> Iterator[Record]:
    """Read records back from JSON lines.

    What comes again and again, such as labels and headings, is in memory once.
    """
    same: dict[Any, Any] = {}
    names = frozenset(field.name for field in fields(record))
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            values = json.loads(line)
            yield from_json({k: v for k, v in values.items() if k in names}, record, same)


def from_json(values: dict[str, Any], record: type[Record], same: dict[Any, Any]) -> Record:
    """Make a record of parsed JSON, with the tuples that JSON turned into lists."""
    if record is Document:
        values["sections"] = tuple(
            Section(as_tuples(s["path"], same), s["start"], s["end"]) for s in values["sections"]
        )
    return record(**{k: v if k in OWN else as_tuples(v, same) for k, v in values.items()})


OWN = frozenset({"id", "text", "sha256", "start", "end", "sections"})
"""Fields that no two records share, and places, which need no reading."""


def as_tuples(value: Any, same: dict[Any, Any]) -> Any:  # noqa: ANN401 -- JSON has no narrower type
    """Turn lists into tuples, all the way down, and equal values into the same one."""
    if isinstance(value, str):
        return same.setdefault(value, value)
    if isinstance(value, list):
        found = tuple([as_tuples(item, same) for item in value])
        return same.setdefault(found, found)
    if isinstance(value, dict):
        return {as_tuples(key, same): as_tuples(item, same) for key, item in value.items()}
    return value
