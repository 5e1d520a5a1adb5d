"""Logging in and out."""

import hmac
import secrets
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from web.review.moderators import COOKIE, FormDep, OwnDep, ReviewRoute, SessionsDep, page
from web.review.transport import https

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
    response = RedirectResponse("/review" if login.complete else "/review/login/code", 303)
    keep(request, response, COOKIE, login.token, "/review")
    response.delete_cookie(FORM_COOKIE, path="/review/login")
    return response


@router.get("/login/code")
def code_page(request: Request, sessions: SessionsDep) -> Response:
    """The form for the second factor, where a login waits for one."""
    if sessions.halfway(request.cookies.get(COOKIE)) is None:
        return RedirectResponse("/review/login", 303)
    return page(request, "code.html", key=None)


@router.post("/login/code")
def show_code(request: Request, fields: FormDep, sessions: SessionsDep) -> Response:
    """Try a code; the cookie that a login waits with is sent by no other site."""
    token = request.cookies.get(COOKIE)
    if sessions.halfway(token) is None:
        return RedirectResponse("/review/login", 303)
    login = sessions.complete(token, fields.get("code", ""))
    if login.token is None:
        status, key = (429, "throttled") if login.throttled else (401, "wrong_code")
        return page(request, "code.html", status, key=key)
    response = RedirectResponse("/review", 303)
    keep(request, response, COOKIE, login.token, "/review")
    return response


@router.post("/logout")
def log_out(request: Request, sessions: SessionsDep, moderator: OwnDep) -> Response:
    """End the login."""
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
