"""POST /search: passages for a query, without an answer around them."""

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from bot.answer import Answer
from bot.answering.searching import Notice, SearchResult
from web.api.schemas import Search, body_of, problems
from web.server.asking import asked, refused, threaded
from web.server.bodies import Sent, read
from web.server.limits import client_address
from web.server.logging import failure
from web.server.problems import Problem
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["questions"])


def validated(sent: Sent, text: str) -> Search:
    """The request by its schema; RequestValidationError says which field is wrong."""
    try:
        return Search.model_validate({**sent.fields, "query": text})
    except ValidationError as error:
        raise RequestValidationError(
            [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        ) from None


async def found(program: Program, search: Search) -> SearchResult:
    """Look the query up."""
    return await threaded(
        lambda: program.bot.search(
            search.query, limit=search.limit, language=search.language, source=search.source
        )
    )


def noticed(danger: Answer) -> Notice:
    """The part of an emergency answer that a search shows."""
    return Notice(kind=danger.kind, messages=danger.messages, resources=danger.resources)


@router.post(
    "/search",
    response_model=SearchResult,
    responses=problems(400, 413, 422, 429, 500, 503),
    openapi_extra=body_of(Search),
)
async def post_search(request: Request, program: ProgramDep) -> SearchResult:
    """Find passages, best first. `notice` comes first where the query tells of danger."""
    sent = await read(request)
    client = client_address(request, program.settings.trusted_proxies)
    came = asked(sent, client=client, site=None, field="query")
    request.state.question = came.question
    danger = await threaded(lambda: program.bot.danger(came.question), urgent=True)
    if danger and not program.warm.is_set():
        return SearchResult(notice=noticed(danger), passages=())
    try:
        if refusal := refused(program, came):
            raise refusal
        return await found(program, validated(sent, came.question.text))
    except Exception as error:
        if danger is None:
            raise
        if not isinstance(error, Problem | RequestValidationError):
            failure("emergency_without_passages", error)
        return SearchResult(notice=noticed(danger), passages=())
