"""What all pages of moderators share: a safe way in, who is there, and pages when refused.

`ReviewRoute` stands before every route of these pages, so that a new one cannot forget it:
nothing is served over plain HTTP except on loopback, and every refusal is a page.
"""

import threading
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from ipaddress import ip_network
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from bot.languages import resolve
from bot.review.sessions import Moderator, Sessions
from bot.review.words import words
from embeddings.errors import RecordsUnavailable
from web.limits import within
from web.program import program_of
from web.templating import templates

__all__ = [
    "COOKIE",
    "FormDep",
    "JudgeDep",
    "ReaderDep",
    "Refused",
    "ReviewRoute",
    "SessionsDep",
    "https",
    "page",
    "secured",
]

COOKIE: Final = "safepassage_review"
LOGIN: Final = "/review/login"
FORM_BYTES: Final = 64_000
FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
LOOPBACK: Final = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
MAKING: Final = threading.Lock()


class Refused(Exception):
    """Raised by a page to answer with `status` and the sentence `key` instead."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


class LoginNeeded(Exception):
    """Raised where nobody is logged in."""


class ReviewRoute(APIRoute):
    """A route of the moderators' pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, behind the check of the transport, with pages for its refusals."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                if not secured(request):
                    raise Refused(403, "insecure")
                return await handle(request)
            except LoginNeeded:
                return RedirectResponse(LOGIN, 303)
            except Refused as refused:
                return problem(request, refused.status, refused.key)
            except RequestValidationError:
                return problem(request, 422, "not_saved")
            except RecordsUnavailable:
                return problem(request, 503, "unavailable")

        return handler


def https(request: Request) -> bool:
    """Whether the visitor's own connection is encrypted, as far as we or a trusted proxy know."""
    if request.url.scheme == "https":
        return True
    trusted = program_of(request).settings.trusted_proxies
    peer = request.client.host if request.client else ""
    said = request.headers.get("x-forwarded-proto", "").rpartition(",")[2].strip()
    return within(peer, trusted) and said.lower() == "https"


def secured(request: Request) -> bool:
    """Whether a password may travel here: over https, or without leaving this machine.

    A request from loopback that a proxy has passed on comes from elsewhere.
    """
    if https(request):
        return True
    peer = request.client.host if request.client else ""
    passed_on = any(name in request.headers for name in (*FORWARDED, "x-forwarded-proto"))
    return loopback(peer) and not passed_on


def loopback(address: str) -> bool:
    """Whether an address is this machine's own."""
    return within(address.removeprefix("::ffff:"), LOOPBACK)


def sessions_of(request: Request) -> Sessions:
    """The logins of the application, made when they are first needed."""
    state, program = request.app.state, program_of(request)
    with MAKING:
        if not hasattr(state, "sessions"):
            hours = timedelta(hours=program.settings.session_hours)
            state.sessions = Sessions(program.records, absolute=hours)
    sessions: Sessions = state.sessions
    return sessions


SessionsDep = Annotated[Sessions, Depends(sessions_of)]


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form. Raises Refused where it is longer than any of ours."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES:
            raise Refused(413, "not_saved")
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=20))
    except ValueError:
        raise Refused(422, "not_saved") from None


FormDep = Annotated[Mapping[str, str], Depends(form_of)]


def reader_of(request: Request, sessions: SessionsDep) -> Moderator:
    """Who is logged in. Raises LoginNeeded."""
    moderator = sessions.moderator(request.cookies.get(COOKIE))
    if moderator is None:
        raise LoginNeeded
    return moderator


ReaderDep = Annotated[Moderator, Depends(reader_of)]


def judge_of(moderator: ReaderDep) -> Moderator:
    """Who is logged in and may judge. Raises Refused."""
    if not moderator.may_judge:
        raise Refused(403, "not_yours")
    return moderator


JudgeDep = Annotated[Moderator, Depends(judge_of)]


def page(request: Request, name: str, status: int = 200, **shown: object) -> Response:
    """Render a template of `review/` in the language that the browser prefers."""
    accepted = request.headers.get("accept-language", "").split(",")[0].split(";")[0]
    language = resolve(accepted, "", "en")
    context = {"language": language, "t": words(language), "moderator": None, **shown}
    return templates.TemplateResponse(request, f"review/{name}", context, status_code=status)


def problem(request: Request, status: int, key: str) -> Response:
    """The page that says why there is no page."""
    return page(request, "problem.html", status, key=key)
