"""The list of questions that were asked: what matters first, filtered, kept up to date."""

import hashlib
from typing import Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from bot.answer import AnswerKind
from bot.answering.phrases import languages
from bot.review.database.tables import VERDICTS
from bot.review.queue.marks import marks
from bot.review.queue.pages import Page
from bot.review.queue.pages import page as queued
from bot.review.queue.progress import progress
from bot.review.queue.saved import forget, save, saved
from bot.review.queue.urgency import Reason
from web.review.filtering import asked_for, filter_of, query_of
from web.review.moderators import FormDep, OwnDep, ReaderDep, ReviewRoute, page
from web.server.program import ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review", include_in_schema=False, route_class=ReviewRoute)


@router.get("")
def queue(request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """The list, filtered and paged by the address; what it does not understand is left open."""
    place = asked_for(request, program, moderator)
    found = queued(program.records, place.wanted, place.number)
    return page(
        request,
        "queue.html",
        moderator=moderator,
        found=found,
        wanted=place.wanted,
        kept=place.kept,
        said=request.query_params.get("said"),
        batch=request.query_params.get("batch"),
        number=request.query_params.get("number", ""),
        saved=saved(program.records, moderator.account),
        marks=marks(program.records),
        here=place.address(found.number),
        before=place.address(found.number - 1) if found.number > 1 else None,
        after=place.address(found.number + 1) if found.number < found.pages else None,
        version=version(found),
        **choices(),
    )


def choices() -> dict[str, Any]:
    """What the boxes of the filter offer."""
    return {
        "kinds": get_args(AnswerKind),
        "languages": languages(),
        "reasons": get_args(Reason),
        "verdicts": VERDICTS,
    }


@router.get("/live")
def live(request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """Whether the list at this address still is as it was: its version, and how many there are."""
    place = asked_for(request, program, moderator)
    found = queued(program.records, place.wanted, place.number)
    return JSONResponse({"version": version(found), "total": found.total})


def version(found: Page) -> str:
    """A name for what a page of the list shows."""
    lines = [
        (each.id, each.number, each.reasons, each.state, each.verdict, each.claimed_by)
        for each in found.items
    ]
    told = repr((found.total, sorted(found.kinds.items()), lines))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@router.post("/filter")
def choose(request: Request, program: ProgramDep, moderator: OwnDep, fields: FormDep) -> Response:
    """Go to a filter; keep it where it has a name, or words that must not be in an address."""
    wanted = filter_of(fields)
    name = fields.get("name", "").strip()
    if not name and wanted.text is None:
        return RedirectResponse(f"/review?{query_of(wanted)}", 303)
    kept = save(program.records, moderator.account, name, query_of(wanted))
    query = {"said": "not_saved"} if kept is None else {"f": kept}
    return RedirectResponse(f"/review?{urlencode(query)}", 303)


@router.post("/filter/{filter_id}/forget")
def drop(filter_id: int, program: ProgramDep, moderator: OwnDep) -> Response:
    """Forget a filter of one's own."""
    forget(program.records, moderator.account, filter_id)
    return RedirectResponse("/review", 303)


@router.get("/progress")
def how_far(request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """How far the queue has come, and who did what of it."""
    return page(request, "progress.html", moderator=moderator, progress=progress(program.records))


@router.get("/keys")
def keys(request: Request, moderator: ReaderDep) -> Response:
    """Every key, for those whom a dialog does not suit."""
    return page(request, "keys.html", moderator=moderator)
