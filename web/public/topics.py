"""Browsing: what the sources speak of, for people who do not know what to ask.

The page holds every question as a button that posts it: no question stands in an address, and
the page needs no script. Where there is much, each class has a page of its own, so that what comes
over a slow line stays small; an address tells at most a topic or a class.
"""

from typing import Final

from fastapi import APIRouter, Request, Response

from bot.corpus.browsing import Group, browse, topics_offered
from bot.substances.glossary import names_of
from bot.substances.naming import corrected
from embeddings.errors import SnapshotError
from web.server.frame import framed, language_of, problem_page
from web.server.problems import name_of
from web.server.program import ProgramDep
from web.server.templating import templates

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

MUCH: Final = 250
"""So many entries with all their questions fit on one page: about 20 kB on the line."""


@router.get("/topics")
def topics(request: Request, program: ProgramDep, topic: str = "", group: str = "") -> Response:
    """Everything by class and substance; of one topic or class alone where the address names it."""
    language = language_of(request, program.settings.language)
    try:
        ready = program.library.current()
        names = corrected(names_of(ready), program.feed.current().aliases)
        groups = browse(ready, language, names)
    except SnapshotError as error:
        return problem_page(request, name_of(error))
    offered = topics_offered(groups)
    chosen = topic if topic in offered else None
    opened = next((each for each in groups if each.id == group), None)
    shown = framed(
        program.settings,
        language,
        apart=sum(len(each.entries) for each in groups) > MUCH,
        chosen=chosen,
        current="topics",
        groups=groups,
        here=address(chosen, opened),
        offered=offered,
        opened=opened,
    )
    return templates.TemplateResponse(request, "topics.html", shown)


def address(chosen: str | None, opened: Group | None) -> str:
    """The address of the page, without its language."""
    if chosen:
        return f"/topics?topic={chosen}"
    return f"/topics?group={opened.id}" if opened else "/topics"
