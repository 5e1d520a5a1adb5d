"""One question on its way through the web: danger first, then limits, then the answer.

The API and the form of the chat page both come here, so that neither can forget the order.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from bot.answer import Answer
from bot.pipeline import Question
from bot.question.reading import Reading
from bot.trace import Trace
from embeddings.errors import SafePassageError
from web.server.bodies import Sent
from web.server.logging import failure
from web.server.problems import Problem
from web.server.program import Program
from web.server.rehearsing import BUSY

__all__ = ["LONGEST", "TURNS", "Asked", "ask", "asked", "refused", "threaded"]

LONGEST = 1_000
"""Code points that a question may have."""

Found = TypeVar("Found")

TURNS = 10
PASSAGES = 5

URGENT = CapacityLimiter(4)
"""Threads of their own for triage: an emergency waits for no search."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it came in, with who asked and what is wrong with the request.

    `client` is the address, for the rate limit alone; `site` the configured origin that the
    widget stands on; `log` what the visitor said about keeping the question; `problem` the name
    of the problem that is answered unless the question tells of danger; `conversation` what the
    visitor's tab calls itself, where it does.
    """

    question: Question
    client: str
    site: str | None = None
    log: bool | None = None
    problem: str | None = None
    conversation: str | None = None


def asked(sent: Sent, *, client: str, site: str | None, field: str = "question") -> Asked:
    """Read a question out of a body. Whatever is not understood falls back to its default."""
    text = sent.text(field)
    problem = sent.problem or ("question-missing" if text is None else None)
    if text and len(text) > LONGEST:
        problem = "question-too-long"
    log = sent.fields.get("log")
    question = Question(
        text=text or sent.words,
        history=turns(sent.fields.get("history")),
        language=short(sent.fields.get("language"), 35),
        region=country(sent.fields.get("region")),
        limit=count(sent.fields.get("limit")),
        source=short(sent.fields.get("source"), 1_000),
    )
    tab = short(sent.fields.get("conversation"), 64)
    return Asked(question, client, site, None if log is None else log is True, problem, tab)


def turns(history: object) -> tuple[str, ...]:
    """What the person asked before, oldest first; what was answered is left out."""
    found = []
    for entry in history[-TURNS:] if isinstance(history, list) else ():
        if isinstance(entry, dict):
            entry = entry.get("content") if entry.get("role", "user") == "user" else None
        if isinstance(entry, str) and entry.strip():
            found.append(Sent({"turn": entry[:LONGEST]}).text("turn") or "")
    return tuple(found)


def short(value: object, longest: int) -> str | None:
    """A short text; None for anything else."""
    return value if isinstance(value, str) and 0 < len(value) <= longest else None


def country(value: object) -> str | None:
    """Two ASCII letters in upper case; None for anything else."""
    code = short(value, 2)
    return code.upper() if code and len(code) == 2 and code.isascii() and code.isalpha() else None


def count(value: object) -> int:
    """How many passages, at most five."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return max(1, min(int(value), PASSAGES)) if whole else PASSAGES  # type: ignore[call-overload]


async def threaded(work: Callable[[], Found], *, urgent: bool = False) -> Found:
    """Run what computes beside the event loop, where nothing that can wait runs meanwhile."""
    with BUSY.working():
        return await to_thread.run_sync(work, limiter=URGENT if urgent else None)


async def ask(program: Program, asked: Asked) -> Answer:
    """Answer one question, count it and log it.

    Raises Problem where the request is wrong or too soon, SnapshotError and ModelUnavailable
    where nothing can be looked up; but never where the question tells of danger.
    """
    with reported():
        reading, danger = await threaded(
            lambda: program.bot.first_look(asked.question), urgent=True
        )
        refusal = refused(program, asked)
        if danger is None and refusal:
            raise refusal
        if danger and (refusal or not program.warm.is_set()):
            return await noted(program, asked, danger, outline(reading))
        answer, trace = await considered(program, asked.question, reading, danger)
        return await noted(program, asked, answer, trace)


@contextmanager
def reported() -> Iterator[None]:
    """Log a mistake of the program, and make it a problem that a page can show."""
    try:
        yield
    except (Problem, SafePassageError):
        raise
    except Exception as error:
        failure("request_failed", error)
        raise Problem("internal") from None


async def considered(
    program: Program, question: Question, reading: Reading, danger: Answer | None
) -> tuple[Answer, Trace]:
    """The whole answer; where that fails, what can be said about the danger alone."""
    try:
        return await threaded(lambda: program.bot.consider(question, reading))
    except Exception as error:
        if danger is None:
            raise
        failure("emergency_without_passages", error)
        return danger, outline(reading)


def refused(program: Program, asked: Asked) -> Problem | None:
    """Why this question is not looked up, if so."""
    if asked.problem:
        return Problem(asked.problem)
    if wait := program.limiter.wait(asked.client):
        program.metrics.limited.inc()
        return Problem("rate-limited", {"Retry-After": str(wait)})
    return None


def outline(reading: Reading) -> Trace:
    """The trace of an answer that was given before anything was looked up."""
    seen = reading.seen
    return Trace(triage=seen.kind, signs=tuple(seen.signs), keep=not seen.minor)


async def noted(program: Program, asked: Asked, answer: Answer, trace: Trace) -> Answer:
    """Count the answer, and log the question where site and visitor allow it."""
    program.metrics.answered(answer, trace)
    kept = asked.log is True or (asked.log is None and not program.settings.consent)
    text = asked.question.text[:LONGEST]
    await threaded(
        lambda: program.log.record(
            text, answer, trace, site=asked.site, keep=kept, conversation=asked.conversation
        ),
        urgent=True,
    )
    return answer
