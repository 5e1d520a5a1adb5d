"""What all pages of moderators share: a safe way in, who is there, and pages when refused.

`ReviewRoute` stands before every route of these pages, so that a new one cannot forget it:
nothing is served over plain HTTP except on loopback, and every refusal is a page.
"""

import threading
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from typing import Annotated, Any, Final, cast
from urllib.parse import parse_qsl

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from bot.answering.phrases import review as words
from bot.question.languages import resolve
from bot.review.accounts.sessions import Moderator, Sessions
from embeddings.errors import RecordsUnavailable, SecretUnreadable, StorageFailed
from web.review.navigation import entries
from web.review.transport import secured
from web.server.logging import logger
from web.server.program import program_of
from web.server.templating import templates

__all__ = [
    "COOKIE",
    "AdminDep",
    "FormDep",
    "JudgeDep",
    "OwnDep",
    "ReaderDep",
    "Refused",
    "ReviewRoute",
    "SessionsDep",
    "admin_of",
    "here_of",
    "judge_of",
    "page",
    "reader_of",
]

COOKIE: Final = "safepassage_review"
LOGIN: Final = "/review/login"
FORM_BYTES: Final = 64_000
MOST_FIELDS: Final = 700
"""A verdict on many rows at once names each of them."""

READING: Final = ("GET", "HEAD")
ENROL: Final = "/review/account"
MAKING: Final = threading.Lock()


class Refused(Exception):
    """Raised by a page to answer with `status` and the sentence `key` instead."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


class LoginNeeded(Exception):
    """Raised where nobody is logged in."""


class FactorNeeded(Exception):
    """Raised where the site asks for a second factor, and the account has none yet."""


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
            except FactorNeeded:
                return RedirectResponse(ENROL, 303)
            except Refused as refused:
                return problem(request, refused.status, refused.key)
            except RequestValidationError:
                return problem(request, 422, "not_saved")
            except RecordsUnavailable:
                return problem(request, 503, "unavailable")
            except (SecretUnreadable, StorageFailed) as error:
                logger.error("second_factor_unreadable", why=str(error))
                return problem(request, 503, "secret_unreadable")

        return handler


def sessions_of(request: Request) -> Sessions:
    """The logins of the application, made when they are first needed."""
    state, program = request.app.state, program_of(request)
    with MAKING:
        if not hasattr(state, "sessions"):
            hours = timedelta(hours=program.settings.session_hours)
            state.sessions = Sessions(program.records, program.sealing, hours)
    sessions: Sessions = state.sessions
    return sessions


SessionsDep = Annotated[Sessions, Depends(sessions_of)]


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form, read once. Raises Refused where it is longer than any of ours."""
    if not hasattr(request.state, "form"):
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > FORM_BYTES:
                raise Refused(413, "not_saved")
        try:
            fields = dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS))
        except ValueError:
            raise Refused(422, "not_saved") from None
        request.state.form = fields
    read: Mapping[str, str] = request.state.form
    return read


FormDep = Annotated[Mapping[str, str], Depends(form_of)]


async def here_of(request: Request, sessions: SessionsDep) -> Moderator:
    """Who is logged in, second factor or not. Raises LoginNeeded; Refused for a forged form."""
    moderator = await run_in_threadpool(sessions.moderator, request.cookies.get(COOKIE))
    if moderator is None:
        raise LoginNeeded
    if request.method not in READING and not moderator.sent(
        (await form_of(request)).get("csrf", "")
    ):
        raise Refused(403, "not_saved")
    return moderator


OwnDep = Annotated[Moderator, Depends(here_of)]
"""Anybody logged in, at what is their own: their account, their way out."""


def reader_of(request: Request, moderator: OwnDep) -> Moderator:
    """Who is logged in and may read. Raises LoginNeeded, FactorNeeded, Refused."""
    if program_of(request).settings.second_factor and not moderator.second_factor:
        raise FactorNeeded
    return moderator


ReaderDep = Annotated[Moderator, Depends(reader_of)]


def judge_of(moderator: ReaderDep) -> Moderator:
    """Who is logged in and may judge. Raises Refused too."""
    if not moderator.may_judge:
        raise Refused(403, "not_yours")
    return moderator


JudgeDep = Annotated[Moderator, Depends(judge_of)]


def admin_of(moderator: ReaderDep) -> Moderator:
    """Who is logged in and may administer. Raises Refused too."""
    if not moderator.may_administer:
        raise Refused(403, "not_yours")
    return moderator


AdminDep = Annotated[Moderator, Depends(admin_of)]


def page(request: Request, name: str, status: int = 200, **shown: object) -> Response:
    """Render a template of `review/` in the language that the browser prefers."""
    accepted = request.headers.get("accept-language", "").split(",")[0].split(";")[0]
    language = resolve(accepted, "", "en")
    context = {
        "language": language,
        "t": words(language),
        "moderator": None,
        "nonce": request.state.nonce,
        "path": request.url.path,
        **shown,
    }
    context["navigation"] = entries(cast(Moderator | None, context["moderator"]))
    return templates.TemplateResponse(request, f"review/{name}", context, status_code=status)


def problem(request: Request, status: int, key: str) -> Response:
    """The page that says why there is no page."""
    return page(request, "problem.html", status, key=key)
