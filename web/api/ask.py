"""POST /ask: a question in, an answer out."""

from fastapi import APIRouter, Request

from bot.answer import Answer
from web.api.schemas import Ask, body_of, problems
from web.server.asking import ask, asked
from web.server.bodies import read
from web.server.limits import client_address
from web.server.program import Program, ProgramDep

__all__ = ["router", "site_of"]

router = APIRouter(prefix="/api/v1", tags=["questions"])


def site_of(request: Request, program: Program) -> str | None:
    """The configured origin whose page sent this request; None for any other."""
    origin = request.headers.get("origin")
    return origin if origin in program.settings.origins else None


@router.post(
    "/ask",
    response_model=Answer,
    responses=problems(400, 413, 422, 429, 500, 503),
    openapi_extra=body_of(Ask),
)
async def post_ask(request: Request, program: ProgramDep) -> Answer:
    """Answer a question with passages quoted word for word from the sources.

    A question that tells of an emergency or of self-harm is answered with contacts and first
    aid before anything else is looked at, whatever else is wrong with the request.
    """
    sent = await read(request)
    client = client_address(request, program.settings.trusted_proxies)
    came = asked(sent, client=client, site=site_of(request, program))
    request.state.question = came.question
    return await ask(program, came)
