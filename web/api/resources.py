"""GET /resources, /topics and /status: whom to turn to, what can be asked, what is loaded."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from bot.answer import Resource
from bot.corpus.catalogue import Status, Topic
from bot.question.languages import resolve
from embeddings.documents import Language
from embeddings.errors import ModelMismatch, SafePassageError, SnapshotError
from web.api.schemas import problems
from web.server.asking import country
from web.server.conditional import conditional
from web.server.problem_types import PREFIX
from web.server.problems import name_of
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["sources"])

Tag = Annotated[str | None, Query(max_length=35, description="BCP 47; unknown: the site's")]


def chosen(program: Program, language: str | None) -> Language:
    """The catalogue language for a tag."""
    return resolve(language, "", program.settings.language)


@router.get("/resources", response_model=tuple[Resource, ...], responses=problems(422, 500))
def get_resources(
    request: Request,
    program: ProgramDep,
    region: Annotated[
        str | None, Query(max_length=35, description="ISO 3166-1 alpha-2; unknown: the site's")
    ] = None,
    language: Tag = None,
) -> Response:
    """Emergency and support contacts, the nearest first."""
    where = country(region) or program.settings.region
    contacts = program.wording.contacts
    return conditional(request, contacts.resources(where, chosen(program, language)))


@router.get("/topics", response_model=tuple[Topic, ...], responses=problems(422, 500, 503))
def get_topics(request: Request, program: ProgramDep, language: Tag = None) -> Response:
    """What can be asked about: each question can be sent to /ask as it is."""
    return conditional(request, tuple(program.catalogue.topics(chosen(program, language))))


@router.get("/status", response_model=Status, responses=problems(500, 503))
def get_status(request: Request, program: ProgramDep) -> Response:
    """Snapshot, model, counts, and contacts that nobody has checked for long."""
    status = program.catalogue.status()
    if status.trouble is not None or not agrees(program):
        status = status.model_copy(update={"trouble": trouble(program)})
    return conditional(request, status)


def agrees(program: Program) -> bool:
    """Whether the index was made with the model in use, as far as that is known by now."""
    try:
        return not program.warm.is_set() or bool(program.bot.ready())
    except ModelMismatch:
        return False
    except SafePassageError:
        return True


def trouble(program: Program) -> str:
    """The type of the problem with the snapshot: the words for it hold paths of this machine.

    Where an older snapshot serves on, it is the new one that could not be opened.
    """
    try:
        program.library.current()
    except SnapshotError as error:
        return PREFIX + name_of(error)
    return PREFIX + ("index-corrupt" if agrees(program) else "index-unavailable")
