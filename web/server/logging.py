"""The program's own log: JSON lines on standard error, without a word that a visitor sent.

An exception is written as its type and the lines of code that it passed; never its message,
which may hold the question, and never the values of variables.
"""

import logging
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

__all__ = ["configure", "failure", "logger"]

OURS = ("safepassage", "bot", "embeddings", "web", "uvicorn")
"""Who writes below warnings: a library that is asked for details may write what it works on."""

logger: Any = structlog.get_logger("safepassage")


def places(error: BaseException) -> list[str]:
    """`file:line function` of each frame, outermost first."""
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]


def without_message(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace exception information by type and places."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event.update(error=type(error).__name__, places=places(error))
    return event


def failure(event: str, error: BaseException) -> None:
    """Log that something failed, by type and place."""
    logger.error(event, exc_info=error)


def configure(level: str = "info") -> None:
    """Send structlog and the standard library's logging to standard error as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_message,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=[*shared],
        )
    )
    logging.basicConfig(handlers=[handler], level="WARNING", force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
