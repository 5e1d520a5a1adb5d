"""What the sources say and nobody is shown: the originals of what was masked or withheld.

Amounts stand on these pages, so that moderators can tell whether too much or too little is left
out. They are shown by a form alone, so that no address leads to them and nothing fetches them
ahead; each view is a line of the audit log, and no export holds them.
"""

from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request, Response

from bot.corpus.inspection import Hidden, audit, changed, pages
from bot.review.audit import note
from embeddings.snapshot import Snapshot
from web.review.index import ready_of
from web.review.moderators import FormDep, JudgeDep, Refused, ReviewRoute, page
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review/withheld", include_in_schema=False, route_class=ReviewRoute)

UNCACHED: Final = {"Cache-Control": "no-store"}


@router.get("")
def counted(request: Request, program: ProgramDep, moderator: JudgeDep) -> Response:
    """The documents of which something is withheld, with counts by reason and no original."""
    found = tuple(pages(ready_of(program).snapshot))
    return page(request, "withheld.html", moderator=moderator, pages=found)


@router.post("/originals")
def originals(
    request: Request, program: ProgramDep, moderator: JudgeDep, fields: FormDep
) -> Response:
    """The originals of one document, or of one passage; noted before anything is shown."""
    snapshot = ready_of(program).snapshot
    document, passage = fields.get("document", ""), fields.get("passage") or None
    if document not in snapshot.documents:
        raise Refused(404, "problem_not_found")
    noted(program, moderator.name, document, passage)
    shown = page(
        request,
        "originals.html",
        moderator=moderator,
        document=document,
        hidden=hidden_in(snapshot, document, passage),
        source=state_of(snapshot, document),
    )
    shown.headers.update(UNCACHED)
    return shown


def noted(program: Program, who: str, document: str, passage: str | None) -> None:
    """Write into the audit log who looked at what. Raises RecordsUnavailable."""
    with program.records.writing() as session:
        note(
            session, datetime.now(UTC), who, "withheld originals seen", document[:64], passage or ""
        )


def hidden_in(snapshot: Snapshot, document: str, passage: str | None) -> tuple[Hidden, ...]:
    """What is hidden of a document, in its order."""
    return tuple(
        each
        for each in audit(snapshot)
        if each.document == document and passage in (None, each.passage)
    )


def state_of(snapshot: Snapshot, document: str) -> str:
    """What became of the file since it was read: the key of the sentence that says so."""
    told = " ".join(changed(snapshot, document))
    if not told:
        return "source_unchanged"
    return "source_gone" if "gone" in told else "source_changed"
