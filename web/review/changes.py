"""What moderators have changed: the list, each with all its versions, and the way back."""

from typing import cast

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from bot.review.accounts.sessions import Moderator
from bot.review.changes.payloads import CasePayload, PinPayload
from bot.review.changes.preview import Preview, preview
from bot.review.changes.versions import CONSENTED, Version, change, history, listed
from bot.review.database.change_tables import KINDS, STATES, StateName
from embeddings.errors import SnapshotError
from web.review.moderators import FormDep, JudgeDep, ReaderDep, Refused, ReviewRoute, page
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review", include_in_schema=False, route_class=ReviewRoute)

SHOWN = 500

SAID = {"saved": "saved", "changed": "changed_meanwhile", "same_person": "needs_second_person"}


@router.get("/changes")
def changes(request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """The list, narrowed by the address. Cases stand here too, beside the page of their own."""
    kind, state = (request.query_params.get(name) for name in ("kind", "state"))
    found = listed(
        program.records,
        (kind,) if kind in KINDS else (),
        (state,) if state in STATES else (),
    )
    return page(
        request,
        "changes.html",
        moderator=moderator,
        found=found[:SHOWN],
        kinds=KINDS,
        states=STATES,
        kind=kind,
        state=state,
        consented=CONSENTED,
    )


@router.get("/changes/{name}")
def one(name: str, request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """A change with all its versions; `?preview=1` shows what the next step would do."""
    asked = request.query_params
    key = SAID.get(asked.get("said", ""))
    return shown(request, program, moderator, name, key=key, compare="preview" in asked)


@router.post("/changes/{name}/state")
def turned(
    name: str, request: Request, program: ProgramDep, moderator: JudgeDep, fields: FormDep
) -> Response:
    """Consent to a change, withdraw it, or bring it back."""
    versions = history(program.records, name)
    if not versions:
        raise Refused(404, "problem_not_found")
    state, seen = fields.get("state"), fields.get("version", "")
    if state not in ("active", "withdrawn") or not (seen.isascii() and seen.isdigit()):
        raise Refused(422, "not_saved")
    if not may_turn(versions[0], cast(StateName, state), moderator):
        raise Refused(403, "not_yours")
    outcome = change(program.records, name, int(seen[:9]), moderator.name, cast(StateName, state))
    program.feed.refresh()
    if outcome != "saved":
        return shown(request, program, moderator, name, 409, SAID.get(outcome, "not_saved"))
    return RedirectResponse(f"/review/changes/{name}?said=saved", 303)


def may_turn(latest: Version, state: StateName, moderator: Moderator) -> bool:
    """Whether somebody may take this step: a sentence or contact is an admin's matter.

    But anybody who judges may be the second person who consents to it.
    """
    if latest.kind not in CONSENTED or moderator.may_administer:
        return True
    return latest.state == "proposed" and state == "active"


def shown(
    request: Request,
    program: Program,
    moderator: Moderator,
    name: str,
    status: int = 200,
    key: str | None = None,
    compare: bool = False,
) -> Response:
    """The page of one change."""
    versions = history(program.records, name)
    if not versions:
        raise Refused(404, "problem_not_found")
    latest = versions[0]
    forward: StateName = "withdrawn" if latest.state == "active" else "active"
    return page(
        request,
        "change.html",
        status,
        moderator=moderator,
        versions=versions,
        latest=latest,
        forward=forward,
        may=moderator.may_judge and may_turn(latest, forward, moderator),
        may_withdraw=moderator.may_judge and may_turn(latest, "withdrawn", moderator),
        same=latest.state == "proposed" and latest.who == moderator.name,
        key=key,
        seen=compared(program, latest) if compare else None,
    )


def compared(program: Program, latest: Version) -> Preview | None:
    """What the next step would do; None where that cannot be worked out."""
    try:
        payload = latest.payload
        question = payload.question if isinstance(payload, PinPayload | CasePayload) else ""
        adding = latest.state != "active"
        return preview(program.bot, program.records, payload, question, adding, latest.id)
    except (ValidationError, SnapshotError):
        return None
