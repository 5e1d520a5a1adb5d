"""GET /passages and /documents: what is in the snapshot, screened."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request, Response

from bot.answer import QuotedPassage
from bot.corpus.catalogue import DocumentPage, DocumentView
from web.api.schemas import problems
from web.server.conditional import conditional
from web.server.problems import Problem
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["sources"])

Found = TypeVar("Found")

LanguageTag = Annotated[
    str | None, Query(max_length=35, description="BCP 47, of the words around the quotations")
]


def present(program: Program, name: str, look: Callable[[str], Found]) -> Found:
    """What `look` finds under a name; 410 for what an earlier snapshot had, 404 for the rest."""
    try:
        return look(name)
    except KeyError:
        raise Problem("gone" if program.catalogue.gone(name) else "not-found") from None


@router.get(
    "/passages/{id:path}", response_model=QuotedPassage, responses=problems(404, 410, 422, 500, 503)
)
def get_passage(
    id: str,  # noqa: A002 -- the name in the address
    request: Request,
    program: ProgramDep,
    language: LanguageTag = None,
) -> Response:
    """One passage with its citation."""
    return conditional(
        request, present(program, id, lambda name: program.catalogue.passage(name, language))
    )


@router.get("/documents", response_model=DocumentPage, responses=problems(422, 500, 503))
def get_documents(
    request: Request,
    program: ProgramDep,
    cursor: Annotated[
        str | None, Query(max_length=1000, description="`next_cursor` of the page before")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    language: LanguageTag = None,
) -> Response:
    """The documents, a page at a time."""
    try:
        return conditional(request, program.catalogue.documents(cursor, limit, language))
    except ValueError:
        raise Problem(
            "invalid-request", errors=[{"field": "cursor", "expected": "next_cursor"}]
        ) from None


@router.get(
    "/documents/{id:path}", response_model=DocumentView, responses=problems(404, 410, 422, 500, 503)
)
def get_document(
    id: str,  # noqa: A002 -- the name in the address
    request: Request,
    program: ProgramDep,
    language: LanguageTag = None,
) -> Response:
    """One document: its citation, its sections and their passages."""
    return conditional(
        request, present(program, id, lambda name: program.catalogue.document(name, language))
    )
