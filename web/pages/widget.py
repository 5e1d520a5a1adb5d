"""The script of the embeddable element, and a page that shows it at work."""

from fastapi import APIRouter, HTTPException, Request, Response

from bot.languages import resolve
from web.api.conditional import matches
from web.program import ProgramDep
from web.settings import Settings
from web.widget.bundle import Bundle, Site, bundle
from web.widget.demo import show

__all__ = ["bundle_of", "router", "site_of"]

router = APIRouter(include_in_schema=False)

SCRIPT = "text/javascript; charset=utf-8"
YEAR = 365 * 24 * 3600


def site_of(settings: Settings) -> Site:
    """What the settings say to every widget that this server hands out."""
    person = settings.talk_to_person_url
    return Site(
        exit=str(settings.exit_url),
        language=settings.language,
        region=settings.region,
        person=str(person) if person else None,
        keeps=settings.log == "redacted",
    )


def bundle_of(settings: Settings) -> Bundle:
    """The script for these settings, joined once a process."""
    return bundle(site_of(settings))


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


@router.get("/widget.js")
def latest(request: Request, program: ProgramDep) -> Response:
    """The script as it is now; asked for again each time, answered by 304 while unchanged."""
    return script(request, bundle_of(program.settings), "no-cache")


@router.get("/widget/{version}.js")
def pinned(version: str, request: Request, program: ProgramDep) -> Response:
    """The script of one version, kept for a year; 404 for any version but the present one."""
    made = bundle_of(program.settings)
    if version != made.version:
        raise HTTPException(404)
    return script(request, made, f"public, max-age={YEAR}, immutable")


@router.get("/demo")
def demo(request: Request, program: ProgramDep, lang: str | None = None) -> Response:
    """A page such as somebody else might have, with the element in its corner."""
    language = resolve(lang, "", program.settings.language)
    return show(request, "", language)
