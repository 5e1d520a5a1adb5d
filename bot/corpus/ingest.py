"""From folders of documents to a snapshot of labelled and screened passages."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.answering.quoting import hidden, shown
from bot.corpus.labelling import Labeller
from bot.corpus.spreading import spread
from bot.screening.passages import leaks, safe, screen
from bot.screening.version import version
from bot.substances.glossary import Page, mine, subjects_of, to_rows, with_pages
from embeddings.build import Content, build
from embeddings.documents import Document, Passage, Source
from embeddings.encoder import Encoder
from embeddings.errors import SourceUnreadable
from embeddings.identity import identity
from embeddings.readers import read
from embeddings.readers.parsed import LeftOut
from embeddings.sources import Corpus
from embeddings.text.chunking import chunk

__all__ = ["IngestReport", "ingest"]

Progress = Callable[[int, int], None]
File = tuple[Path, str, Source]


@dataclass
class IngestReport:
    """What ingestion found. `passages` counts by source and by what became of them: `kept`,
    `masked`, or `withheld: REASON`. `left_out` names every file that is not read, with the reason,
    `reasons` counts them by kind; `sections` names what is left out of the documents.
    """

    snapshot: str = ""
    documents: int = 0
    passages: dict[str, Counter[str]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    sections: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "snapshot": self.snapshot,
            "documents": self.documents,
            "passages": {name: dict(counts) for name, counts in self.passages.items()},
            "warnings": self.warnings,
            "unreadable": self.unreadable,
            "left_out": self.left_out,
            "reasons": dict(self.reasons),
            "sections": self.sections,
        }

    def leave_out(self, name: str, why: str) -> None:
        """Name a file that is not read, and count it under its reason."""
        self.left_out.append(hidden(f"{name}: {why}"))
        self.reasons[hidden(why)] += 1

    def cannot_read(self, why: str) -> None:
        """Name a file that should be read and cannot be."""
        self.unreadable.append(why)
        self.reasons["could not be read"] += 1

    def nothing(self, roots: Sequence[Path]) -> str:
        """Say why no document could be read, by kind."""
        why = "; ".join(f"{count} {reason}" for reason, count in self.reasons.most_common())
        where = ", ".join(map(str, roots))
        return f"no document could be read in {where}: {why or 'there is no file'}"

    def count(self, source: str, passage: Passage) -> None:
        """Count one passage under what became of it."""
        fate = f"withheld: {passage.withheld}" if passage.withheld else "kept"
        if passage.redactions and not passage.withheld:
            fate = "masked"
        self.passages.setdefault(source, Counter())[fate] += 1


def ingest(
    roots: Sequence[Path], data: Path, encoder: Encoder, progress: Progress | None = None
) -> IngestReport:
    """Read every document under `roots`, build one snapshot in `data` and make it the live one.

    A file that cannot be read is named in the report and the rest is ingested. `progress` hears
    how much of reading and screening is done, counted in documents, and then of encoding. Raises
    SourcesInvalid for a `sources.toml` that cannot be followed, SourceUnreadable if no document
    at all could be read, StorageFailed if the disk is full; the live snapshot stays then.
    """
    report = IngestReport()
    documents: dict[str, Document] = {}
    origin: dict[str, str] = {}
    cut: dict[str, Sequence[Passage]] = {}
    for path, document, passages in read_all(roots, report, progress):
        if document.id in documents:
            report.leave_out(str(path), "another document has this id")
            continue
        documents[document.id] = document
        origin[document.id] = str(path.resolve())
        cut[document.id] = passages
    if not documents:
        raise SourceUnreadable("\n".join((*report.unreadable, report.nothing(roots))))
    report.documents = len(documents)
    pages = mine(list(documents.values()), cut, safe)
    labelled = process(documents, cut, pages, report, progress)
    content = arrange(list(documents.values()), labelled, pages, origin, report)
    report.snapshot = build(data, content, encoder, progress)
    return report


def read_all(
    roots: Sequence[Path], report: IngestReport, progress: Progress | None
) -> Iterator[tuple[Path, Document, Sequence[Passage]]]:
    """Read the files of all folders; what cannot be read goes into the report."""
    files: list[File] = []
    for root in roots:
        corpus = Corpus(root)
        for name, why in corpus.left_out():
            report.leave_out(name, why)
        files += corpus.files()
    for done, (file, read_in) in enumerate(zip(files, spread(taken_in, files), strict=True), 1):
        if progress:
            progress(done, 2 * len(files))
        if isinstance(read_in, NotRead):
            if read_in.meant:
                report.leave_out(file[1], read_in.why)
            else:
                report.cannot_read(read_in.why)
            continue
        document, passages = read_in
        report.warnings += [hidden(f"{document.id}: {warning}") for warning in document.warnings]
        if document.sections and not passages:
            report.warnings.append(hidden(f"{document.id}: too little text to quote was found"))
        report.sections += [hidden(f"{document.id}: {what}") for what in document.left_out]
        yield file[0], document, passages


@dataclass(frozen=True, slots=True)
class NotRead:
    """Why a file is no document; `meant` where it says of itself that it is none."""

    why: str
    meant: bool = False


def taken_in(file: File) -> tuple[Document, Sequence[Passage]] | NotRead:
    """Read a file and cut it into passages; return why not where it cannot be read.

    Whatever goes wrong in one file, however odd, the rest is read.
    """
    path, name, source = file
    try:
        document = read(path, opaque(name), source)
        return document, chunk(document)
    except LeftOut as error:
        return NotRead(str(error), meant=True)
    except SourceUnreadable as error:
        return NotRead(hidden(str(error)))
    except Exception as error:  # a fault in a parser, of which there are many for many formats
        return NotRead(hidden(f"{path} cannot be read: {type(error).__name__}: {error}"))


def opaque(name: str) -> str:
    """Return a document id; a hash stands for a path that itself tells an amount."""
    if not leaks(name):
        return name
    return f"d-{identity(name)}"


def process(
    documents: Mapping[str, Document],
    cut: Mapping[str, Sequence[Passage]],
    pages: Sequence[Page],
    report: IngestReport,
    progress: Progress | None,
) -> list[Passage]:
    """Label and screen the passages of all documents, and count what became of them."""
    labeller = Labeller(with_pages(pages), subjects_of(pages))
    labeller.read(passage for name in documents for passage in cut[name])

    def judge(document: Document) -> list[Passage]:
        passages = cut[document.id]
        pairs = zip(passages, (None, *passages), strict=False)
        return [judged(document, passage, labeller, before) for passage, before in pairs]

    every = list(documents.values())
    found = []
    for done, (document, own) in enumerate(zip(every, spread(judge, every), strict=True), 1):
        found += own
        for passage in own:
            report.count(document.source, passage)
        if progress:
            progress(len(every) + done, 2 * len(every))
    return found


def judged(
    document: Document, passage: Passage, labeller: Labeller, before: Passage | None = None
) -> Passage:
    """Put labels on a passage and mark what must not be shown of it; `before` precedes it."""
    same = before is not None and before.section == passage.section
    screened = screen(
        passage.text,
        title=document.title,
        section=passage.section,
        path=document.id,
        before=before.text if before and same else "",
        changes=document.changes,
    )
    return replace(
        passage,
        labels=labeller.labels(passage, document),
        redactions=tuple((f.start, f.end, f.reason) for f in screened.findings),
        withheld=screened.withheld,
    )


def arrange(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    pages: Sequence[Page],
    origin: Mapping[str, str],
    report: IngestReport,
) -> Content:
    """Part what may be shown from what may not."""
    kept = [p for p in passages if p.withheld is None]
    ids = {p.id for p in kept}
    kept = [replace(p, translations=tuple(t for t in p.translations if t in ids)) for p in kept]
    return Content(
        documents=documents,
        passages=kept,
        withheld=[p for p in passages if p.withheld is not None],
        shown=[shown(p).text for p in kept],
        facts={"screening": version()},
        origin=origin,
        report=report.as_json(),
        glossary=to_rows(pages),
    )
