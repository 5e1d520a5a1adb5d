"""One question as the visitor saw it answered, what was close, and what a moderator says of it."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.answer import QuotedPassage
from bot.answering.phrases import ui
from bot.review.accounts.sessions import Moderator
from bot.review.database.tables import VERDICTS
from bot.review.notices.notifier import Notice
from bot.review.queue.claims import claim, release
from bot.review.queue.pages import neighbours
from bot.review.verdicts.giving import Opinion, give
from bot.review.verdicts.undoing import undo
from bot.review.viewing import View, view
from embeddings.errors import ModelUnavailable, SnapshotError
from web.review.considered import words_of
from web.review.filtering import asked_for, way_back
from web.review.moderators import FormDep, JudgeDep, ReaderDep, Refused, ReviewRoute, page
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review/records", include_in_schema=False, route_class=ReviewRoute)

LONGEST = 300
"""Code points that a search for the right passage may have."""

FOUND = 8


@router.get("/{record}")
def one(record: str, request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """A record; 410 where only verdicts on it are left, 404 where there was never one."""
    said = request.query_params.get("said")
    key = said if said in ("saved", "undone", "claimed_by_other") else None
    return shown(request, program, moderator, record, key=key)


@router.post("/{record}/passages")
def look(
    record: str, request: Request, program: ProgramDep, moderator: ReaderDep, fields: FormDep
) -> Response:
    """Search for the right passage; a form, since what is searched may be the question."""
    return shown(request, program, moderator, record, fields=fields)


@router.post("/{record}/verdict")
def judge(
    record: str, request: Request, program: ProgramDep, moderator: JudgeDep, fields: FormDep
) -> Response:
    """Give a verdict and go on; shown again, with what was written, where it was not saved."""
    verdict = next((each for each in VERDICTS if each == fields.get("verdict")), None)
    if verdict is None:
        return shown(request, program, moderator, record, 422, "choose_verdict", fields)
    following = after(request, program, moderator, record)
    passage, _, document = fields.get("passage", "").partition(" ")
    opinion = Opinion(
        verdict=verdict,
        note=fields.get("note"),
        passage=passage[:64] or None,
        document=document[:255] or None,
        second=fields.get("second") == "on",
    )
    seen = number_of(fields.get("seen", ""))
    outcome = give(program.records, record, moderator.account, opinion, seen)
    if outcome == "changed":
        return shown(request, program, moderator, record, 409, "judged_meanwhile", fields)
    if outcome == "gone":
        return shown(request, program, moderator, record)
    if verdict == "missed_danger" or verdict == "unsafe":
        program.log.notifier.tell(Notice(verdict, record))
    return RedirectResponse(f"/review/records/{following or record}?{told(request, record)}", 303)


def told(request: Request, record: str) -> str:
    """The query of the next page, which says what was saved on the one before."""
    return "&".join(part for part in (way_back(request), f"said=saved&last={record}") if part)


def after(request: Request, program: Program, moderator: Moderator, record: str) -> str | None:
    """The record to go on with, claimed for this moderator; None after the last one."""
    place = asked_for(request, program, moderator)
    _, following = neighbours(program.records, place.wanted, record, moderator.account)
    if following is not None:
        claim(program.records, following, moderator.account)
    return following


@router.post("/{record}/undo")
def take_back(
    record: str, request: Request, program: ProgramDep, moderator: JudgeDep, fields: FormDep
) -> Response:
    """Take back the verdict that holds, where it is one's own."""
    found = view(program.records, record)
    current = found.current if isinstance(found, View) else None
    if current is None:
        raise Refused(409, "nothing_to_undo")
    outcome = undo(program.records, current.id, moderator.account, moderator.may_administer)
    if outcome == "not_yours":
        raise Refused(403, "not_your_verdict")
    said = "undone" if outcome == "undone" else ""
    return RedirectResponse(f"/review/records/{record}?{way_back(request)}&said={said}", 303)


@router.post("/{record}/claim")
def take(record: str, request: Request, program: ProgramDep, moderator: JudgeDep) -> Response:
    """Be the one who is at it, for some minutes."""
    taken = claim(program.records, record, moderator.account)
    said = "" if taken else "&said=claimed_by_other"
    return RedirectResponse(f"/review/records/{record}?{way_back(request)}{said}", 303)


@router.post("/{record}/release")
def leave(record: str, request: Request, program: ProgramDep, moderator: JudgeDep) -> Response:
    """Leave it to others."""
    release(program.records, record, moderator.account)
    return RedirectResponse(f"/review/records/{record}?{way_back(request)}", 303)


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
    place = asked_for(request, program, moderator)
    before, following = neighbours(program.records, place.wanted, record, moderator.account)
    words = (fields or {}).get("q", "").strip()[:LONGEST]
    passages, why_not = searched(program, words)
    return page(
        request,
        "record.html",
        status,
        moderator=moderator,
        record=found,
        considered=words_of(program.library, found.candidates),
        shown_in=ui(found.answer.language),
        verdicts=VERDICTS,
        key=key,
        last=request.query_params.get("last", "")[:64] if key == "saved" else "",
        fields=fields or {},
        words=words,
        passages=passages,
        why_not=why_not,
        chosen=(fields or {}).get("passage", "").partition(" ")[0] or None,
        here=place.address(),
        before=before,
        following=following,
    )


def searched(program: Program, words: str) -> tuple[Sequence[QuotedPassage], str | None]:
    """Passages for the words of a moderator, and why there are none."""
    if not words:
        return (), None
    try:
        found = program.bot.search(words, limit=FOUND).passages
    except (SnapshotError, ModelUnavailable):
        return (), "index_unavailable_here"
    return found, None if found else "no_passages"


def number_of(written: str) -> int | None:
    """The id of a verdict, as a form sends it back."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 18 else None
