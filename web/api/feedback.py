"""POST /feedback: a visitor's verdict on an answer."""

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from web.api.schemas import Feedback, body_of, problems
from web.server.asking import threaded
from web.server.bodies import read
from web.server.logging import logger
from web.server.problems import Problem
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["questions"])


def reported(program: Program, phone: str) -> None:
    """Say that a number is said to be wrong: one of ours, for nothing that is typed is logged."""
    if phone in program.wording.contacts.phones:
        program.metrics.contacts.labels(phone).inc()
        logger.warning("contact_reported", phone=phone)


@router.post(
    "/feedback",
    status_code=202,
    response_class=Response,
    responses=problems(400, 413, 422, 429, 500),
    openapi_extra=body_of(Feedback),
)
async def post_feedback(request: Request, program: ProgramDep) -> Response:
    """Take a verdict. Where the answer was not logged, it is counted and nothing more.

    That a contact's number is wrong is told to the operator at once, whoever logs what.
    """
    sent = await read(request)
    if sent.problem:
        raise Problem(sent.problem)
    try:
        verdict = Feedback.model_validate(sent.fields)
    except ValidationError as error:
        raise RequestValidationError(
            [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        ) from None
    if verdict.contact:
        reported(program, verdict.contact)
    program.metrics.feedback.labels(verdict.verdict).inc()
    reasons = tuple(verdict.reasons)
    await threaded(
        lambda: program.log.feedback(verdict.answer_id, verdict.verdict, reasons, verdict.note)
    )
    return Response(status_code=202)
