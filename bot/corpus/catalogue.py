"""What is in the snapshot, screened: for the source viewer, the API's lists and the status."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from bot.answer import Frozen, QuotedPassage
from bot.answering.gate import permitted
from bot.answering.quoting import bibliography, quotation
from bot.answering.suggestions import askable
from bot.answering.wording import wording_of
from bot.overrides import NONE, Overrides
from bot.question.languages import resolve
from bot.retrieval.corrections import hidden
from bot.substances.glossary import names_of
from bot.substances.naming import corrected
from embeddings.documents import Kind, Language, Passage
from embeddings.errors import SnapshotError
from embeddings.library import Library
from embeddings.snapshot import Snapshot, ids_of

__all__ = [
    "Catalogue",
    "DocumentPage",
    "DocumentSummary",
    "DocumentView",
    "SectionView",
    "Status",
    "Topic",
]


class DocumentSummary(Frozen):
    """A document as it is cited; `passages` counts those that may be shown."""

    id: str
    title: str
    titles: dict[str, str]
    title_note: str | None
    authors: tuple[str, ...]
    journal: str | None
    year: int | None
    date: str | None
    doi: str | None
    url: str | None
    licence: str | None
    language: Language
    kind: Kind
    passages: int


class DocumentPage(Frozen):
    """A run of the list of documents, and where it goes on."""

    documents: tuple[DocumentSummary, ...]
    next_cursor: str | None


class SectionView(Frozen):
    """What stands under one heading."""

    path: tuple[str, ...]
    passages: tuple[QuotedPassage, ...]


class DocumentView(DocumentSummary):
    """A whole document, screened, in its own order."""

    sections: tuple[SectionView, ...]


class Topic(Frozen):
    """Something that can be asked about, and a question that asks it."""

    label: str
    question: str


class Status(Frozen):
    """What this program answers from.

    `contacts` counts all, `contacts_stale` those that nobody verified in the last twelve months.
    """

    snapshot: str | None = None
    built: str | None = None
    model: str | None = None
    documents: int = 0
    passages: int = 0
    withheld: int = 0
    contacts: int
    contacts_stale: int
    trouble: str | None = None


class Catalogue:
    """What can be looked at in the live snapshot. Every quotation has passed the gate."""

    def __init__(
        self,
        library: Library,
        language: Language = "zh-Hans",
        overrides: Callable[[], Overrides] = lambda: NONE,
    ) -> None:
        self._library, self.overrides = library, overrides
        self._language: Language = language

    def passage(self, passage_id: str, language: str | None = None) -> QuotedPassage:
        """Return one passage; raises KeyError if the snapshot has none of that id."""
        snapshot = self._library.current()
        found = self._quote(snapshot, snapshot.by_id[passage_id], 1, language)
        if found is None:
            raise KeyError(passage_id)
        return found

    def gone(self, name: str) -> bool:
        """Return whether a passage or document of that id stood in an earlier snapshot.

        Or stands in this one, and moderators took it out.
        """
        if name in hidden(self._library.current(), self.overrides()):
            return True
        data, live = self._library.data, self._library.current().id
        earlier = [path for path in (data / "snapshots").iterdir() if path.name != live]
        return any(name in ids_of(path) for path in earlier)

    def documents(
        self, cursor: str | None = None, limit: int = 50, language: str | None = None
    ) -> DocumentPage:
        """Return the documents after `cursor` in the order of their ids."""
        snapshot = self._library.current()
        ids = sorted(i for i in snapshot.documents if cursor is None or i > cursor)[: limit + 1]
        shown = tuple(
            DocumentSummary(**self._summary(snapshot, name, language)) for name in ids[:limit]
        )
        return DocumentPage(documents=shown, next_cursor=shown[-1].id if len(ids) > limit else None)

    def document(self, name: str, language: str | None = None) -> DocumentView:
        """Return one document in its own order; raises KeyError if there is none of that id."""
        snapshot = self._library.current()
        summary = self._summary(snapshot, name, language)
        mine = sorted(snapshot.of_document.get(name, ()), key=lambda passage: passage.start)
        quoted = [self._quote(snapshot, p, n, language) for n, p in enumerate(mine, start=1)]
        sections = groupby((q for q in quoted if q), key=lambda q: q.citation.section)
        return DocumentView(
            **summary,
            sections=tuple(SectionView(path=path, passages=tuple(run)) for path, run in sections),
        )

    def topics(self, language: str | None = None) -> tuple[Topic, ...]:
        """Return what can be asked about, as questions that the sources answer."""
        reader = resolve(language, "", self._language)
        snapshot = self._library.current()
        found = askable(snapshot, reader, corrected(names_of(snapshot), self.overrides().aliases))
        return tuple(Topic(label=label, question=question) for label, question in found)

    def status(self, today: date | None = None) -> Status:
        """Return what this program answers from; never raises for a missing snapshot."""
        contacts = wording_of(self.overrides()).contacts
        listed = len(contacts.everything())
        stale = len(contacts.stale(today or datetime.now(UTC).date()))
        try:
            snapshot = self._library.current()
        except SnapshotError as error:
            return Status(contacts=listed, contacts_stale=stale, trouble=str(error))
        manifest = snapshot.manifest
        return Status(
            snapshot=snapshot.id,
            built=manifest["built"],
            model=manifest["model"]["name"],
            **manifest["counts"],
            contacts=listed,
            contacts_stale=stale,
            trouble=self._library.trouble,
        )

    def _quote(
        self, snapshot: Snapshot, passage: Passage, number: int, language: str | None
    ) -> QuotedPassage | None:
        if passage.id in hidden(snapshot, self.overrides()):
            return None
        document = snapshot.documents[passage.document]
        reader = resolve(language, "", self._language)
        quoted = quotation(passage, document, reader, wording_of(self.overrides()), number=number)
        return quoted if permitted(quoted, snapshot) else None

    def _summary(self, snapshot: Snapshot, name: str, language: str | None) -> dict[str, Any]:
        document, overrides = snapshot.documents[name], self.overrides()
        reader, out = resolve(language, "", self._language), hidden(snapshot, overrides)
        return {
            **bibliography(document, reader, wording_of(overrides)),
            "id": document.id,
            "language": document.language,
            "kind": document.kind,
            "passages": sum(p.id not in out for p in snapshot.of_document.get(name, ())),
        }
