"""A moderator's own account: setting the second factor up, and doing without it again."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

import segno
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from bot.review.accounts import second_factor, throttle
from bot.review.accounts.sessions import Moderator, hashed
from web.review.moderators import FormDep, OwnDep, Refused, ReviewRoute, page
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review/account", include_in_schema=False, route_class=ReviewRoute)


@router.get("")
def account(request: Request, program: ProgramDep, moderator: OwnDep) -> Response:
    """The page."""
    return shown(request, program, moderator)


@router.post("/second-factor")
def set_up(request: Request, program: ProgramDep, moderator: OwnDep, fields: FormDep) -> Response:
    """Put the second factor in force by a first code; its recovery codes are shown this once."""
    tried = attempt(program, moderator)
    code = fields.get("code", "")
    codes = second_factor.confirm(
        program.records, program.sealing, moderator.account, code, datetime.now(UTC)
    )
    if not codes:
        return shown(request, program, moderator, 422, "wrong_code")
    forgive(program, tried)
    return shown(request, program, moderator, codes=codes)


@router.post("/second-factor/remove")
def remove(request: Request, program: ProgramDep, moderator: OwnDep, fields: FormDep) -> Response:
    """Do without it from now on; a code shows that it is its owner who asks."""
    tried = attempt(program, moderator)
    code = fields.get("code", "")
    now = datetime.now(UTC)
    if not second_factor.remove(program.records, program.sealing, moderator.account, code, now):
        return shown(request, program, moderator, 422, "wrong_code")
    forgive(program, tried)
    return RedirectResponse("/review/account", 303)


def attempt(program: Program, moderator: Moderator) -> int:
    """Note a try of a code. Raises Refused after too many."""
    key = hashed(f"code:{moderator.name}")
    tried = throttle.begun(program.records, key, datetime.now(UTC))
    if tried is None:
        raise Refused(429, "throttled")
    return tried


def forgive(program: Program, tried: int) -> None:
    """Take back a try that was right."""
    with program.records.writing() as session:
        throttle.forgiven(session, tried)


def shown(
    request: Request,
    program: Program,
    moderator: Moderator,
    status: int = 200,
    key: str | None = None,
    codes: Sequence[str] = (),
) -> Response:
    """The page, with the secret as long as it is not in force, and codes just made."""
    active = moderator.second_factor or bool(codes)
    secret = (
        "" if active else second_factor.begin(program.records, program.sealing, moderator.account)
    )
    uri = "" if active else second_factor.address(moderator.name, secret)
    return page(
        request,
        "account.html",
        status,
        moderator=moderator,
        key=key,
        active=active,
        secret=" ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        uri=uri,
        picture=picture(uri) if uri else "",
        codes=codes,
        left=second_factor.codes_left(program.records, moderator.account),
        required=program.settings.second_factor,
    )


def picture(text: str) -> Markup:
    """A QR code as SVG, dark on light whatever the colours of the page."""
    written = BytesIO()
    segno.make(text, error="m").save(
        written, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False,
        svgns=True, title="", nl=False,
    )  # fmt: skip
    # Made by us from a secret and a name that is escaped into an address.
    return Markup(written.getvalue().decode())
