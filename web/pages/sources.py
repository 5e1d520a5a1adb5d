"""The source viewer: a document as a readable page, screened, open at the passage quoted.

It shows what the snapshot may show and nothing else: withheld runs as marks, withheld passages
not at all. It needs no JavaScript, because `:target` finds the passage.
"""

from typing import Any

from fastapi import APIRouter, Request, Response

from bot.phrases import message, ui
from embeddings.errors import SnapshotError
from web.pages.chat import language_of
from web.problem_types import PROBLEMS
from web.problems import name_of
from web.program import ProgramDep
from web.templating import templates

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/sources/{document:path}")
def view(document: str, request: Request, program: ProgramDep) -> Response:
    """Show a document; 404 where there was never one of that id, 410 where there was."""
    language = language_of(request, program.settings.language)
    shown: dict[str, Any] = {"language": language, "t": ui(language)}
    try:
        shown["document"] = program.reader.document(document, language)
    except KeyError:
        name = "gone" if program.reader.gone(document) else "not-found"
    except SnapshotError as error:
        name = name_of(error)
    else:
        return templates.TemplateResponse(request, "source.html", shown)
    kind = PROBLEMS[name]
    shown["problem"] = message(kind.phrase, language).text
    return templates.TemplateResponse(request, "problem.html", shown, status_code=kind.status)
