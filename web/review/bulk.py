"""One verdict on all questions of a filter, looked at before, and taken back at once."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.review.database.tables import VERDICTS
from bot.review.verdicts.bulk import MOST, judge_all, met
from bot.review.verdicts.giving import Opinion
from bot.review.verdicts.undoing import undo_batch
from web.review.filtering import asked_for, way_back
from web.review.moderators import FormDep, JudgeDep, ReviewRoute, page
from web.server.program import ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review/bulk", include_in_schema=False, route_class=ReviewRoute)

PREFIX: Final = "row-"
"""Before the id of a row, in the names of the form's boxes."""


@router.get("")
def looked_at(request: Request, program: ProgramDep, moderator: JudgeDep) -> Response:
    """What a verdict would meet, each with a box to leave it out."""
    place = asked_for(request, program, moderator)
    return page(
        request,
        "bulk.html",
        moderator=moderator,
        rows=met(program.records, place.wanted, moderator.account),
        most=MOST,
        verdicts=VERDICTS,
        here=place.address(),
        key=None,
    )


@router.post("")
def judge(request: Request, program: ProgramDep, moderator: JudgeDep, fields: FormDep) -> Response:
    """Give one verdict on the rows that were shown and ticked."""
    place = asked_for(request, program, moderator)
    verdict = next((each for each in VERDICTS if each == fields.get("verdict")), None)
    rows = frozenset(name.removeprefix(PREFIX) for name in fields if name.startswith(PREFIX))
    if verdict is None:
        found = met(program.records, place.wanted, moderator.account)
        return page(
            request,
            "bulk.html",
            422,
            moderator=moderator,
            rows=found,
            most=MOST,
            verdicts=VERDICTS,
            here=place.address(),
            key="choose_verdict",
        )
    opinion = Opinion(verdict, fields.get("note"))
    done = judge_all(program.records, place.wanted, moderator.account, opinion, rows)
    said = f"said=bulk_saved&batch={done.batch}&number={done.number}"
    return RedirectResponse(f"/review?{way_back(request)}&{said}", 303)


@router.post("/{batch}/undo")
def take_back(batch: str, request: Request, program: ProgramDep, moderator: JudgeDep) -> Response:
    """Take back all that was given at once and still holds."""
    number = undo_batch(program.records, batch, moderator.account, moderator.may_administer)
    return RedirectResponse(f"/review?{way_back(request)}&said=bulk_undone&number={number}", 303)
