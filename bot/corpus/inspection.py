"""Looking at a snapshot from the outside: what was hidden and why, and is every passage true."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.answering.gate import failures
from bot.answering.quoting import quotation
from bot.answering.wording import SHIPPED
from bot.screening.policy import why
from bot.screening.version import version
from embeddings.documents import Passage
from embeddings.snapshot import Snapshot
from embeddings.text.cleaning import plain

__all__ = ["Hidden", "PageAudit", "audit", "outdated", "pages", "summary", "verify"]


@dataclass(frozen=True, slots=True)
class Hidden:
    """A passage of which something, or everything, is withheld.

    `fate` is `masked` or `withheld`, `text` the original: for the eyes of whoever runs the
    program, never for a response of it.
    """

    document: str
    section: tuple[str, ...]
    passage: str
    fate: str
    reasons: tuple[str, ...]
    text: str

    @property
    def why(self) -> str:
        """What the policy says of the first reason."""
        return why(self.reasons[0])


@dataclass(frozen=True, slots=True)
class PageAudit:
    """What became of the passages of one document. `reasons` counts by (fate, reason), `why` says
    the policy of each reason; no amount stands here.
    """

    document: str
    source: str
    shown: int
    masked: int
    withheld: int
    reasons: tuple[tuple[str, str, int], ...]

    @property
    def why(self) -> dict[str, str]:
        """The policy's words for each reason."""
        return {reason: why(reason) for _, reason, _ in self.reasons}


def pages(snapshot: Snapshot) -> Iterator[PageAudit]:
    """Yield every document of which something is hidden, those with the most hidden first."""
    found: dict[str, list[Hidden]] = {}
    for hidden in audit(snapshot):
        found.setdefault(hidden.document, []).append(hidden)
    for name, mine in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        counts = Counter((hidden.fate, reason) for hidden in mine for reason in hidden.reasons)
        masked = sum(hidden.fate == "masked" for hidden in mine)
        yield PageAudit(
            document=name,
            source=snapshot.documents[name].source,
            shown=len(snapshot.of_document.get(name, ())) - masked,
            masked=masked,
            withheld=len(mine) - masked,
            reasons=tuple((*key, number) for key, number in sorted(counts.items())),
        )


def audit(snapshot: Snapshot) -> Iterator[Hidden]:
    """Yield what was masked or withheld, document by document in its own order."""
    touched = [*snapshot.withheld, *(p for p in snapshot.passages if p.redactions)]
    for passage in sorted(touched, key=lambda p: (p.document, p.start)):
        yield Hidden(
            document=passage.document,
            section=passage.section,
            passage=passage.id,
            fate="withheld" if passage.withheld else "masked",
            reasons=reasons_of(passage),
            text=passage.text,
        )


def reasons_of(passage: Passage) -> tuple[str, ...]:
    """Return why something of a passage is hidden, each reason once."""
    if passage.withheld:
        return (passage.withheld,)
    return tuple(dict.fromkeys(reason for _, _, reason in passage.redactions))


def summary(snapshot: Snapshot) -> Counter[tuple[str, str, str]]:
    """Count what was hidden by (document, fate, reason)."""
    return Counter(
        (hidden.document, hidden.fate, reason)
        for hidden in audit(snapshot)
        for reason in hidden.reasons
    )


def outdated(snapshot: Snapshot) -> str | None:
    """Return what to do where other rules of screening read the snapshot than those of now.

    Nothing more can leak for it, because the gate reads each answer by the rules of now; but it
    drops then what a new reading would mask, and old masks stay.
    """
    if snapshot.manifest.get("screening") == version():
        return None
    return (
        f"{snapshot.id} was screened by other rules than this program has. Until it is read again, "
        "passages may be missing from answers. Run `safepassage ingest`."
    )


def verify(snapshot: Snapshot) -> list[str]:
    """Return what is wrong, one line each: nothing where every passage is its source's own text.

    Reads the files that were ingested again: each must still have the bytes that it had, and each
    passage must be `plain` of its place in the file and pass the gate.
    """
    wrong = [f"{name}: {why}" for name in snapshot.documents for why in changed(snapshot, name)]
    for passage in (*snapshot.passages, *snapshot.withheld):
        document = snapshot.documents[passage.document]
        if plain(document.text[passage.start : passage.end], document.markup) != passage.text:
            wrong.append(f"{document.id}: passage {passage.id} is not the source's text")
    for passage in snapshot.passages:
        quoted = quotation(passage, snapshot.documents[passage.document], "en", SHIPPED, number=1)
        wrong += [
            f"{passage.document}: passage {passage.id}: {w}" for w in failures(quoted, snapshot)
        ]
    return wrong


def changed(snapshot: Snapshot, name: str) -> Iterator[str]:
    """Yield whether the file of a document is gone or has other bytes than it had."""
    path = Path(snapshot.manifest["origin"][name])
    try:
        found = sha256(path.read_bytes()).hexdigest()
    except OSError:
        yield "the file is gone; what was read of it is still quoted"
        return
    if found != snapshot.documents[name].sha256:
        yield "the file was changed since; run `safepassage ingest`"
