"""The script of the embeddable element, and a page that shows it at work."""

from fastapi import APIRouter, HTTPException, Request, Response

from bot.answering.wording import SHIPPED, Wording
from bot.question.languages import resolve
from web.server.conditional import matches
from web.server.program import Program, ProgramDep
from web.server.settings import Settings
from web.server.site import site_of
from web.widget.bundle import Bundle, bundle
from web.widget.demo import show
from web.widget.kept import keep, kept

__all__ = ["bundle_of", "router"]

router = APIRouter(include_in_schema=False)

READ = ["GET", "HEAD"]
SCRIPT = "text/javascript; charset=utf-8"
YEAR = 365 * 24 * 3600


def bundle_of(settings: Settings, wording: Wording = SHIPPED) -> Bundle:
    """The script for these settings in these words, joined once a process and then kept."""
    made = bundle(site_of(settings), wording)
    keep(settings.data / "widget", made)
    return made


def present(program: Program) -> Bundle:
    """The script as it is now, with what moderators have corrected in its contacts and words."""
    return bundle_of(program.settings, program.wording)


def script(request: Request, made: Bundle, cache_control: str) -> Response:
    """Send the script, or 304; any page may load it, so that hosts can use `integrity`."""
    tag = f'"{made.version}"'
    headers = {
        "ETag": f"W/{tag}",
        "Cache-Control": cache_control,
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(made.body, media_type=SCRIPT, headers=headers)


@router.api_route("/widget.js", methods=READ)
def latest(request: Request, program: ProgramDep) -> Response:
    """The script as it is now; asked for again each time, answered by 304 while unchanged."""
    return script(request, present(program), "no-cache")


@router.api_route("/widget/{version}.js", methods=READ)
def pinned(version: str, request: Request, program: ProgramDep) -> Response:
    """The script of one version, kept for a year; 404 for a version that was never made here."""
    made = present(program)
    if version != made.version:
        found = kept(program.settings.data / "widget", version)
        if found is None:
            raise HTTPException(404)
        made = found
    return script(request, made, f"public, max-age={YEAR}, immutable")


@router.api_route("/demo", methods=READ)
def demo(request: Request, program: ProgramDep, lang: str | None = None) -> Response:
    """A page such as somebody else might have, with the element in its corner and in its text."""
    language = resolve(lang, "", program.settings.language)
    return show(request, "", language, present(program))
