"""What the sources lack: unanswered questions by meaning, and files for those who write them."""

from typing import Final

from fastapi import APIRouter, Request, Response

from bot.question.languages import resolve
from bot.review.gaps.files import as_csv, as_markdown
from bot.review.gaps.gathering import Gap, gaps, unanswered
from web.review.files import named, noted
from web.review.index import ready_of
from web.review.moderators import FormDep, JudgeDep, ReaderDep, ReviewRoute, page
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review", include_in_schema=False, route_class=ReviewRoute)

SHOWN: Final = 200


@router.get("/gaps")
def listed(request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """The gaps, what was asked most first."""
    return page(request, "gaps.html", moderator=moderator, gaps=found(program)[:SHOWN])


@router.post("/gaps/export")
def file(request: Request, program: ProgramDep, moderator: JudgeDep, fields: FormDep) -> Response:
    """The gaps as CSV or Markdown, small numbers and rare questions left out."""
    language = resolve(request.headers.get("accept-language", "")[:35], "", "en")
    wanted = fields.get("format")
    noted(program.records, moderator.name, "gaps exported", wanted or "csv")
    if wanted == "markdown":
        text = as_markdown(found(program), language)
        return Response(text, media_type="text/markdown", headers=named("gaps.md"))
    return Response(
        as_csv(found(program), language), media_type="text/csv", headers=named("gaps.csv")
    )


def found(program: Program) -> tuple[Gap, ...]:
    """The gaps of now. Raises Refused where the model cannot be had."""
    return gaps(unanswered(program.records), ready_of(program).encoder)
