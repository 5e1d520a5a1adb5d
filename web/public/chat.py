"""The chat page: the element where there is JavaScript, the same answers as a form without.

A question travels in the body of a POST, never in an address: addresses end up in histories,
logs and referrers.
"""

from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from bot.answering.phrases import ui
from bot.question.languages import resolve
from embeddings.documents import Language
from embeddings.errors import SafePassageError, SnapshotError
from web.server.asking import TURNS, ask, asked
from web.server.bodies import READ_BYTES, Sent, clean
from web.server.frame import framed, language_of
from web.server.limits import client_address
from web.server.problem_types import PROBLEMS
from web.server.problems import Problem, name_of
from web.server.program import Program, ProgramDep
from web.server.templating import templates
from web.widget.routes import present

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


async def form(request: Request) -> Sent:
    """Read the form as far as it is of use. What is no form at all still has words."""
    kept = bytearray()
    async for chunk in request.stream():
        kept += chunk[: READ_BYTES - len(kept)]
    try:
        fields = parse_qsl(kept.decode("utf-8", "replace"), max_num_fields=100)
    except ValueError:
        return Sent(words=clean(kept.decode("utf-8", "replace")), problem="body-unreadable")
    one = dict(fields)
    history = [value for name, value in fields if name == "history"]
    keep = {"yes": True, "no": False}.get(one.get("log", ""))
    question = clean(one.get("question", ""))
    known = {
        "question": question,
        "language": one.get("language"),
        "region": one.get("region"),
        "history": history,
        "log": keep,
    }
    return Sent({key: value for key, value in known.items() if value is not None}, question)


def context(program: Program, language: Language, **more: object) -> dict[str, Any]:
    """What every version of the page shows."""
    blank = {
        "answer": None,
        "asked": "",
        "contacts": (),
        "current": "ask",
        "history": (),
        "nonce": "",
        "problem": None,
        "question": "",
        "script": None,
    }
    return framed(program.settings, language, **(blank | more))


@router.get("/")
def page(request: Request, program: ProgramDep) -> Response:
    """The page as it first opens; without an index it says so, and shows the contacts at once."""
    language = language_of(request, program.settings.language)
    script = f"/widget/{present(program).version}.js"
    shown = context(program, language, script=script, nonce=request.state.nonce)
    try:
        program.library.current()
    except SnapshotError as error:
        shown |= trouble(program, name_of(error), language, None)
    return templates.TemplateResponse(request, "chat.html", shown)


def trouble(
    program: Program, name: str, language: Language, region: str | None
) -> dict[str, object]:
    """What the page shows where there is no answer: the problem in words, and the contacts."""
    return {
        "problem": program.wording.message(PROBLEMS[name].phrase, language).text,
        "contacts": program.wording.contacts.resources(region or program.settings.region, language),
    }


@router.post("/")
async def answered(request: Request, program: ProgramDep) -> Response:
    """The page with an answer to the form that was sent, contacts and all."""
    sent = await form(request)
    client = client_address(request, program.settings.trusted_proxies)
    came = asked(sent, client=client, site=None)
    language = resolve(sent.text("language"), came.question.text, program.settings.language)
    shown = context(program, language, question=came.question.text)
    status, headers = 200, dict[str, str]()
    try:
        answer = await ask(program, came)
    except (Problem, SafePassageError) as error:
        name = error.name if isinstance(error, Problem) else name_of(error)
        headers = error.headers if isinstance(error, Problem) else {}
        status = PROBLEMS[name].status
        shown |= trouble(program, name, language, came.question.region)
        shown["history"] = came.question.history
    else:
        turns = (*came.question.history, came.question.text)
        shown |= {
            "answer": answer,
            "asked": came.question.text,
            "history": turns[-TURNS:],
            "question": "",
            "t": ui(answer.language),
            "language": answer.language,
        }
    return templates.TemplateResponse(request, "chat.html", shown, status, headers)
