"""Building a snapshot beside the live one, verifying it, and swapping it in by one rename."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from time import time
from typing import Any

from embeddings.documents import Document, Passage
from embeddings.encoder import Encoder
from embeddings.encoding import Progress, encode
from embeddings.errors import SnapshotError
from embeddings.identity import identity
from embeddings.snapshot import FORMAT, Snapshot, directory_of, load, to_lines
from embeddings.storage import digest, refused, replace_text, write_text
from embeddings.stores.faiss import FaissStore
from embeddings.stores.lexical import LexicalIndex
from embeddings.text import tokens
from embeddings.unfinished import Unfinished, key_of, settle

__all__ = ["KEEP", "Content", "Progress", "build", "publish"]

KEEP = 3
"""How many snapshots stay on the disk, so that an operator can go back."""

IDENTITY = (
    "documents.jsonl",
    "passages.jsonl",
    "withheld.jsonl",
    "keys.json",
    "glossary.json",
)
"""What the id is a hash of; the other files follow from these, byte for byte or nearly so."""

BUILDING = ".building-"

LEFT = 86_400
"""Seconds after which what a killed run was writing is nobody's any more."""


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a snapshot.

    `shown` are the texts of `passages` as they may be shown, and all that the indexes know of
    them, so that no ranking betrays what is withheld. `facts` are further lines of the manifest,
    `origin` the file of each document, `report` what ingestion found, `glossary` what was learned
    from the documents as a whole, as plain values.
    """

    documents: Sequence[Document]
    passages: Sequence[Passage]
    withheld: Sequence[Passage]
    shown: Sequence[str]
    facts: Mapping[str, Any]
    origin: Mapping[str, str]
    report: Mapping[str, Any]
    glossary: Sequence[Mapping[str, Any]] = ()

    def headed(self) -> list[str]:
        """Return the title and the headings that each passage stands under."""
        titles = {document.id: document.title for document in self.documents}
        return ["\n".join([titles[p.document], *p.section]) for p in self.passages]

    def indexed(self) -> list[str]:
        """Return what each passage is found by: title and headings count like its own words."""
        return [f"{heads}\n{text}" for heads, text in zip(self.headed(), self.shown, strict=True)]


def build(data: Path, content: Content, encoder: Encoder, progress: Progress | None = None) -> str:
    """Write a snapshot, verify it by opening it, make it the live one; return its id.

    Vectors of texts that the live snapshot already has are taken over, and so are those that a
    run encoded which was interrupted. Raises StorageFailed with the live snapshot untouched if the
    disk is full.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        work = Path(mkdtemp(prefix=BUILDING, dir=data))
    except OSError as error:
        raise refused(data, error) from error
    try:
        name = write(work, data, content, Unfinished(data, encoder), progress)
        place(work, directory_of(data, name))
    except OSError as error:
        raise refused(data, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    load(data, name)
    publish(data, name)
    settle(data)
    sweep(data)
    return name


def sweep(data: Path) -> None:
    """Remove what runs that were killed have left half written."""
    for path in data.glob(f"{BUILDING}*"):
        if time() - path.stat().st_mtime > LEFT:
            shutil.rmtree(path, ignore_errors=True)


def publish(data: Path, name: str) -> None:
    """Make a snapshot the live one and drop the oldest beyond KEEP."""
    replace_text(data / "current", name + "\n")
    directory_of(data, name).touch()
    others = [p for p in (data / "snapshots").iterdir() if p.is_dir() and p.name != name]
    for path in sorted(others, key=lambda p: p.stat().st_mtime, reverse=True)[KEEP - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def place(work: Path, target: Path) -> None:
    """Move a finished snapshot to its name; equal content that is already there is replaced."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        shutil.rmtree(target)
    work.chmod(0o755)
    work.rename(target)


def write(
    work: Path, data: Path, content: Content, encoder: Encoder, progress: Progress | None
) -> str:
    """Write every file of a snapshot into `work` and return its id."""
    indexed = content.indexed()
    keys = [key_of(text, encoder) for text in indexed]
    live = live_snapshot(data)
    vectors, sentences = encode(indexed, content.shown, keys, live, encoder, progress)
    write_text(work / "documents.jsonl", to_lines(content.documents))
    write_text(work / "passages.jsonl", to_lines(content.passages))
    write_text(work / "withheld.jsonl", to_lines(content.withheld))
    write_text(work / "keys.json", json.dumps(keys))
    glossary = json.dumps(list(content.glossary), ensure_ascii=False, sort_keys=True)
    write_text(work / "glossary.json", glossary)
    write_text(work / "report.json", json.dumps(content.report, ensure_ascii=False, indent=1))
    FaissStore.build(vectors).save(work / "dense.faiss")
    LexicalIndex.build(indexed).save(work / "lexical")
    LexicalIndex.build(content.headed()).save(work / "headings")
    sentences.save(work / "sentences.npz")
    manifest = describe(work, content, encoder)
    write_text(work / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    return str(manifest["id"])


def describe(work: Path, content: Content, encoder: Encoder) -> dict[str, Any]:
    """Return the manifest; its id is a hash of the content, so the same corpus has the same id."""
    files = {
        path.relative_to(work).as_posix(): digest(path)
        for path in sorted(work.rglob("*"))
        if path.is_file()
    }
    stated = {name: files[name] for name in IDENTITY}
    joined = json.dumps(
        [FORMAT, stated, encoder.fingerprint, tokens.VERSION, dict(content.facts)], sort_keys=True
    )
    return {
        "id": identity(joined),
        "format": FORMAT,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": {"name": encoder.name, "fingerprint": encoder.fingerprint},
        "tokens": tokens.VERSION,
        "sources": {document.id: document.sha256 for document in content.documents},
        "counts": {
            "documents": len(content.documents),
            "passages": len(content.passages),
            "withheld": len(content.withheld),
        },
        "files": files,
        **content.facts,
        "origin": dict(content.origin),
    }


def live_snapshot(data: Path) -> Snapshot | None:
    """Open the live snapshot, whose vectors can be taken over; None where none is usable."""
    try:
        return load(data)
    except SnapshotError:
        return None
