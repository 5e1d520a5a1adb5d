"""The audit log, for admins: who did what, and when. Nothing here can change a line."""

from fastapi import APIRouter, Request, Response

from bot.review.audit import lines
from web.review.filtering import whole
from web.review.moderators import AdminDep, ReviewRoute, page
from web.server.program import ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review/audit", include_in_schema=False, route_class=ReviewRoute)


@router.get("")
def audit(request: Request, program: ProgramDep, moderator: AdminDep) -> Response:
    """A page of it, the latest line first."""
    account = request.query_params.get("account", "").strip()[:64] or None
    number = whole(request.query_params.get("page", "")) or 1
    found, pages = lines(program.records, number, account)
    return page(
        request,
        "audit.html",
        moderator=moderator,
        lines=found,
        account=account or "",
        number=min(number, pages),
        pages=pages,
    )
