"""What every public page shares: its language, the site's own choices, and a page for trouble."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import Request, Response

from bot.answering.phrases import languages, ui
from bot.answering.wording import Wording
from bot.question.languages import resolve
from embeddings.documents import Language
from web.server.problem_types import PROBLEMS
from web.server.settings import Settings
from web.server.site import site_of
from web.server.templating import templates

__all__ = ["NAMES", "framed", "language_of", "problem_page"]

NAMES: Final[Mapping[Language, tuple[str, str]]] = {
    "zh-Hans": ("简体中文", "简"),
    "zh-Hant": ("繁體中文", "繁"),
    "en": ("English", "EN"),
}
"""What a language calls itself, in full and where there is little room."""

MISSING: Final = (404, 410)


def language_of(request: Request, site: Language) -> Language:
    """The language of a page: what the address asks for, else what the browser prefers."""
    wanted = request.query_params.get("lang")
    accepted = request.headers.get("accept-language", "").split(",")[0].split(";")[0]
    return resolve(wanted or accepted, "", site)


def framed(settings: Settings, language: Language, **more: object) -> dict[str, Any]:
    """The variables of `public.html`, and `more`.

    `here` is the address of the page, for the links that show it in another language; `current`
    the way in the header that leads to it.
    """
    return {
        "current": None,
        "here": "/",
        "language": language,
        "languages": {each: NAMES[each] for each in languages()},
        "site": site_of(settings),
        "t": ui(language),
        **more,
    }


def problem_page(
    request: Request,
    name: str,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The problem `name` as a page: what is the matter, what to do, and who can help."""
    settings: Settings = request.app.state.settings
    language = language_of(request, settings.language)
    kind, wording = PROBLEMS[name], wording_in(request)
    code = status or kind.status
    shown = framed(
        settings,
        language,
        contacts=wording.contacts.resources(settings.region, language),
        missing=code in MISSING,
        problem=wording.message(kind.phrase, language).text,
    )
    return templates.TemplateResponse(request, "problem.html", shown, code, headers)


def wording_in(request: Request) -> Wording:
    """The words of the program that a request belongs to."""
    wording: Wording = request.app.state.program.wording
    return wording
