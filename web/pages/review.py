"""The questions that were asked: what matters first, each as the visitor saw it, and verdicts."""

from collections.abc import Mapping
from typing import Final, Literal, cast, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.answer import AnswerKind
from bot.phrases import languages, ui
from bot.review.queue import Filter, View, view
from bot.review.queue import page as queued
from bot.review.sessions import Moderator
from bot.review.tables import VERDICTS
from bot.review.verdicts import give
from web.pages.moderators import FormDep, JudgeDep, ReaderDep, Refused, ReviewRoute, page
from web.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review", include_in_schema=False, route_class=ReviewRoute)

STATES: Final = ("new", "reviewed", "all")
State = Literal["new", "reviewed", "all"]


@router.get("")
def queue(request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """The list, filtered and paged by the address; what it does not understand is left open."""
    wanted, number = filter_of(request)
    found = queued(program.records, wanted, number)
    return page(
        request,
        "queue.html",
        moderator=moderator,
        found=found,
        wanted=wanted,
        kinds=get_args(AnswerKind),
        languages=languages(),
        here=address(wanted, found.number),
        before=address(wanted, found.number - 1) if found.number > 1 else None,
        after=address(wanted, found.number + 1) if found.number < found.pages else None,
    )


@router.get("/{record}")
def one(record: str, request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """A record; 410 where only verdicts on it are left, 404 where there was never one."""
    key = "saved" if request.query_params.get("said") == "saved" else None
    return shown(request, program, moderator, record, key=key)


@router.post("/{record}/verdict")
def judge(
    record: str, request: Request, program: ProgramDep, moderator: JudgeDep, fields: FormDep
) -> Response:
    """Give a verdict; shown again, with what was written, where it could not be saved."""
    if not moderator.sent(fields.get("csrf", "")):
        raise Refused(403, "not_saved")
    verdict = fields.get("verdict")
    if verdict not in VERDICTS:
        return shown(request, program, moderator, record, 422, "choose_verdict", fields)
    seen = fields.get("seen", "")
    outcome = give(
        program.records,
        record,
        moderator.account,
        verdict,
        fields.get("note"),
        int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else None,
    )
    if outcome == "changed":
        return shown(request, program, moderator, record, 409, "judged_meanwhile", fields)
    if outcome == "gone":
        return shown(request, program, moderator, record)
    query = urlencode({"said": "saved", **kept_of(request)})
    return RedirectResponse(f"/review/{record}?{query}", 303)


def shown(
    request: Request,
    program: Program,
    moderator: Moderator,
    record: str,
    status: int = 200,
    key: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> Response:
    """The page of a record, with the sentence `key` and what a form held that was not saved."""
    found = view(program.records, record)
    if found is None:
        raise Refused(404, "problem_not_found")
    if not isinstance(found, View):
        return page(request, "gone.html", 410, moderator=moderator, history=found)
    wanted, number = filter_of(request)
    following = queued(program.records, Filter(wanted.kind, wanted.language)).items
    return page(
        request,
        "record.html",
        status,
        moderator=moderator,
        record=found,
        shown_in=ui(found.answer.language),
        verdicts=VERDICTS,
        key=key,
        fields=fields or {},
        here=address(wanted, number),
        following=next((item.id for item in following if item.id != record), None),
    )


def filter_of(request: Request) -> tuple[Filter, int]:
    """The filter and the page number of an address."""
    asked = request.query_params
    kind, language, state = asked.get("kind"), asked.get("language"), asked.get("state", "new")
    number = asked.get("page", "")
    return (
        Filter(
            kind=kind if kind in get_args(AnswerKind) else None,
            language=language if language in languages() else None,
            state=cast(State, state) if state in STATES else "new",
        ),
        int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1,
    )


def address(wanted: Filter, number: int) -> str:
    """The query of a page of the list: what `filter_of` reads."""
    parts = {"kind": wanted.kind, "language": wanted.language, "state": wanted.state}
    return urlencode({name: value for name, value in parts.items() if value} | {"page": number})


def kept_of(request: Request) -> dict[str, str]:
    """The part of an address that leads back to the list."""
    names = ("kind", "language", "state", "page")
    return {name: request.query_params[name] for name in names if name in request.query_params}
