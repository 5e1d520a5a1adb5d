"""Logging in and out."""

import hmac
import secrets
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from web.pages.moderators import (
    COOKIE,
    FormDep,
    ReaderDep,
    Refused,
    ReviewRoute,
    SessionsDep,
    https,
    page,
)

__all__ = ["router"]

router = APIRouter(prefix="/review", include_in_schema=False, route_class=ReviewRoute)

FORM_COOKIE: Final = "safepassage_login"
"""Comes back with the login form, so that no other page can log somebody in unnoticed."""


@router.get("/login")
def login_page(request: Request) -> Response:
    """The form."""
    return form(request)


@router.post("/login")
def log_in(request: Request, fields: FormDep, sessions: SessionsDep) -> Response:
    """Try a name and a password; the same refusal whatever was wrong."""
    ours = request.cookies.get(FORM_COOKIE, "")
    if not ours or not hmac.compare_digest(ours.encode(), fields.get("csrf", "").encode()):
        return form(request, 403, "not_saved")
    login = sessions.log_in(fields.get("name", ""), fields.get("password", ""))
    if login.token is None:
        return form(request, *((429, "throttled") if login.throttled else (401, "wrong_login")))
    response = RedirectResponse("/review", 303)
    keep(request, response, COOKIE, login.token, "/review")
    response.delete_cookie(FORM_COOKIE, path="/review/login")
    return response


@router.post("/logout")
def log_out(
    request: Request, fields: FormDep, sessions: SessionsDep, moderator: ReaderDep
) -> Response:
    """End the login."""
    if not moderator.sent(fields.get("csrf", "")):
        raise Refused(403, "not_saved")
    sessions.log_out(request.cookies.get(COOKIE))
    response = RedirectResponse("/review/login", 303)
    response.delete_cookie(COOKIE, path="/review")
    return response


def form(request: Request, status: int = 200, key: str | None = None) -> Response:
    """The page with the form, and why there is still a form."""
    csrf = secrets.token_urlsafe(32)
    response = page(request, "login.html", status, csrf=csrf, key=key)
    keep(request, response, FORM_COOKIE, csrf, "/review/login")
    return response


def keep(request: Request, response: Response, name: str, value: str, path: str) -> None:
    """Set a cookie that no script reads and no other site sends, gone with the browser."""
    secure = https(request) or request.app.state.program.settings.https
    response.set_cookie(name, value, path=path, secure=secure, httponly=True, samesite="strict")
