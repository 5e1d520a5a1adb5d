"""The source viewer: a document as a readable page, screened, open at the passage quoted.

It shows what the snapshot may show and nothing else: withheld runs as marks, withheld passages
as a line that says what kind of thing is left out. It needs no JavaScript, because `:target`
finds the passage. `/sources` lists the documents.
"""

from fastapi import APIRouter, Request, Response

from bot.corpus.outline import outline
from embeddings.errors import SnapshotError
from web.server.frame import framed, language_of, problem_page
from web.server.problems import name_of
from web.server.program import ProgramDep
from web.server.templating import templates

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

LISTED = 100
"""So many documents stand on one page of the list."""


@router.get("/sources")
def listed(request: Request, program: ProgramDep, after: str = "") -> Response:
    """The documents that answers quote from, in the order of their ids."""
    language = language_of(request, program.settings.language)
    try:
        page = program.catalogue.documents(after or None, LISTED, language)
    except SnapshotError as error:
        return problem_page(request, name_of(error))
    shown = framed(program.settings, language, here="/sources", current="sources", page=page)
    return templates.TemplateResponse(request, "sources.html", shown)


@router.get("/sources/{document:path}")
def view(document: str, request: Request, program: ProgramDep) -> Response:
    """Show a document; 404 where there was never one of that id, 410 where there was."""
    language = language_of(request, program.settings.language)
    try:
        found = program.catalogue.document(document, language)
        parts = outline(found, program.library.current().withheld)
    except KeyError:
        return problem_page(request, "gone" if program.catalogue.gone(document) else "not-found")
    except SnapshotError as error:
        return problem_page(request, name_of(error))
    shown = framed(program.settings, language, here=request.url.path, document=found, parts=parts)
    return templates.TemplateResponse(request, "source.html", shown)
