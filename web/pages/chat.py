"""The chat page: the element where there is JavaScript, the same answers as a form without.

A question travels in the body of a POST, never in an address: addresses end up in histories,
logs and referrers.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from bot.contacts import resources
from bot.languages import resolve
from bot.phrases import languages, message, ui
from embeddings.documents import Language
from embeddings.errors import SafePassageError
from web.asking import TURNS, ask, asked
from web.bodies import READ_BYTES, Sent, clean
from web.limits import client_address
from web.pages.widget import bundle_of, site_of
from web.problem_types import PROBLEMS
from web.problems import Problem, name_of
from web.program import Program, ProgramDep
from web.templating import templates

__all__ = ["language_of", "router"]

router = APIRouter(include_in_schema=False)

NAMES: Mapping[Language, str] = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}


def language_of(request: Request, site: Language) -> Language:
    """The language of a page: what the address asks for, else what the browser prefers."""
    wanted = request.query_params.get("lang")
    accepted = request.headers.get("accept-language", "").split(",")[0].split(";")[0]
    return resolve(wanted or accepted, "", site)


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
    site = site_of(program.settings)
    return {
        "answer": None,
        "contacts": (),
        "history": (),
        "problem": None,
        "question": "",
        "language": language,
        "languages": {each: NAMES[each] for each in languages()},
        "t": ui(language),
        "site": site,
        **more,
    }


@router.get("/")
def page(request: Request, program: ProgramDep) -> Response:
    """The page as it first opens."""
    language = language_of(request, program.settings.language)
    script = f"/widget/{bundle_of(program.settings).version}.js"
    shown = context(program, language, script=script, nonce=request.state.nonce)
    return templates.TemplateResponse(request, "chat.html", shown)


@router.post("/")
async def answered(request: Request, program: ProgramDep) -> Response:
    """The page with an answer to the form that was sent, contacts and all."""
    sent = await form(request)
    client = client_address(request, program.settings.trusted_proxies)
    came = asked(sent, client=client, site=None)
    language = resolve(sent.text("language"), came.question.text, program.settings.language)
    shown = context(program, language, script=None, question=came.question.text)
    status = 200
    try:
        answer = await ask(program, came)
    except (Problem, SafePassageError) as error:
        kind = PROBLEMS[error.name if isinstance(error, Problem) else name_of(error)]
        status = kind.status
        region = came.question.region or program.settings.region
        shown |= {
            "problem": message(kind.phrase, language).text,
            "contacts": resources(region, language),
            "history": came.question.history,
        }
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
    return templates.TemplateResponse(request, "chat.html", shown, status_code=status)
