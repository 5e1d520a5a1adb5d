"""Records as a file, for those who may judge; every export leaves a line in the audit log."""

from datetime import date
from itertools import chain
from typing import get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from bot.answer import AnswerKind
from bot.answering.phrases import languages
from bot.review.exports.files import as_csv, as_json_lines
from bot.review.exports.rows import Wanted, rows
from web.review.files import named, noted
from web.review.moderators import FormDep, JudgeDep, Refused, ReviewRoute, page
from web.server.program import ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review", include_in_schema=False, route_class=ReviewRoute)


@router.get("/export")
def form(request: Request, moderator: JudgeDep) -> Response:
    """The form."""
    return page(
        request,
        "export.html",
        moderator=moderator,
        kinds=get_args(AnswerKind),
        languages=languages(),
    )


@router.post("/export")
def file(program: ProgramDep, moderator: JudgeDep, fields: FormDep) -> Response:
    """The file, sent while it is read."""
    wanted = Wanted(
        since=day(fields.get("since", "")),
        until=day(fields.get("until", "")),
        kind=fields.get("kind") if fields.get("kind") in get_args(AnswerKind) else None,
        language=fields.get("language") if fields.get("language") in languages() else None,
    )
    comma = fields.get("format") != "jsonl"
    detail = " ".join(
        f"{name}={value}"
        for name, value in (
            ("format", "csv" if comma else "jsonl"),
            ("since", wanted.since),
            ("until", wanted.until),
            ("kind", wanted.kind),
            ("language", wanted.language),
        )
        if value
    )
    noted(program.records, moderator.name, "records exported", detail)
    found = rows(program.records, wanted)
    if comma:
        # A spreadsheet takes UTF-8 for what it is where the file begins with this mark.
        lines = chain(("\ufeff",), as_csv(found))
        return StreamingResponse(lines, media_type="text/csv", headers=named("records.csv"))
    return StreamingResponse(
        as_json_lines(found), media_type="application/x-ndjson", headers=named("records.jsonl")
    )


def day(text: str) -> date | None:
    """A day as a form sends it, None for none. Raises Refused."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(422, "not_saved") from None
