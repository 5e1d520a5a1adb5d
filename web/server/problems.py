"""Errors as `application/problem+json` (RFC 9457), each with a stable `type`.

A problem never repeats what was sent: no question, no path, no value, no traceback. On the
routes where people ask it carries the contacts, since whoever asked may need them all the same.
`docs/problems.md` lists every type.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.answering.wording import Wording
from bot.pipeline import Question
from bot.question.languages import resolve
from embeddings.errors import (
    ModelUnavailable,
    RecordsUnavailable,
    SafePassageError,
    SnapshotCorrupt,
    SnapshotError,
)
from web.server.frame import problem_page
from web.server.logging import failure
from web.server.problem_types import BY_STATUS, PREFIX, PROBLEMS

__all__ = ["Problem", "install", "name_of", "render", "unexpected"]

MEDIA_TYPE: Final = "application/problem+json"
ASKING: Final = ("/api/v1/ask", "/api/v1/search")


class Problem(Exception):
    """Raised by a route to answer with the problem called `name`, a key of `PROBLEMS`."""

    def __init__(
        self,
        name: str,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, str]] = (),
    ) -> None:
        super().__init__(name)
        self.name = name
        self.headers = dict(headers or {})
        self.errors = errors


def name_of(error: Exception) -> str:
    """The problem that stands for an exception; `internal` where none does."""
    match error:
        case SnapshotCorrupt():
            return "index-corrupt"
        case SnapshotError():
            return "index-unavailable"
        case ModelUnavailable():
            return "model-unavailable"
        case RecordsUnavailable():
            return "records-unavailable"
        case HTTPException():
            return BY_STATUS.get(error.status_code, "request-refused")
    return "internal"


def render(request: Request, problem: Problem, status: int | None = None) -> Response:
    """Write a problem out, with the contacts where somebody was asking."""
    kind = PROBLEMS[problem.name]
    headers = ({"Retry-After": "5"} if kind.status == 503 else {}) | problem.headers
    if wants_page(request):
        return problem_page(request, problem.name, status, headers)
    body: dict[str, Any] = {
        "type": PREFIX + problem.name,
        "title": kind.title,
        "status": status or kind.status,
        "detail": kind.detail,
    }
    if problem.errors:
        body["errors"] = problem.errors
    if request.url.path.rstrip("/") in ASKING:
        body |= help_for(request, kind.phrase)
    return JSONResponse(body, status or kind.status, headers, media_type=MEDIA_TYPE)


def wants_page(request: Request) -> bool:
    """Whether a person looks at this address in a browser."""
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and not request.url.path.startswith("/api/")


def help_for(request: Request, phrase: str) -> dict[str, Any]:
    """What somebody who asked is told and whom they can turn to, in their language.

    `request.state.question` is what could be read of the question, if the route came so far.
    """
    site = request.app.state.settings
    question: Question | None = getattr(request.state, "question", None)
    region = (question and question.region) or site.region
    try:
        language = site.language
        if question is not None:
            language = resolve(question.language, question.text, language)
        wording: Wording = request.app.state.program.wording
        contacts = wording.contacts.resources(region, language)
        return {
            "messages": [wording.message(phrase, language).model_dump()],
            "resources": [each.model_dump(mode="json") for each in contacts],
        }
    except SafePassageError as error:
        failure("contacts_unavailable", error)
        return {}


def fields(error: RequestValidationError) -> list[dict[str, str]]:
    """What is wrong with which field. A name that the sender made up is not repeated."""
    return [
        {"field": ".".join(map(str, each["loc"][1:])), "expected": str(each["type"])}
        for each in error.errors()
        if each["type"] != "extra_forbidden"
    ]


async def on_problem(request: Request, error: Exception) -> Response:
    """A route said what is wrong."""
    assert isinstance(error, Problem)
    return render(request, error)


async def on_http(request: Request, error: Exception) -> Response:
    """Starlette refused the request, or a page did, by status alone."""
    assert isinstance(error, HTTPException)
    return render(request, Problem(name_of(error), error.headers), error.status_code)


async def on_invalid(request: Request, error: Exception) -> Response:
    """The fields of a request do not fit its schema."""
    assert isinstance(error, RequestValidationError)
    return render(request, Problem("invalid-request", errors=fields(error)))


async def unexpected(request: Request, error: Exception) -> Response:
    """Anything else; logged by its type and place, without its message."""
    name = name_of(error)
    if name in ("internal", "index-corrupt"):
        failure("request_failed", error)
    return render(request, Problem(name))


def install(app: FastAPI) -> None:
    """Let `app` answer every error with a problem."""
    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(SafePassageError, unexpected)
