"""The running program: one object that every route gets, made once by `create_app`."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from bot.pipeline import Bot
from bot.reading import Reader
from bot.review.accounts.sealing import Sealing
from bot.review.log.query_log import QueryLog
from bot.review.overrides.feed import Feed
from bot.review.records import Records
from embeddings.library import Library
from web.limits import Limiter
from web.metrics import Metrics
from web.model import Model
from web.rehearsing import Rehearsing
from web.settings import Settings

__all__ = ["Program", "ProgramDep", "program_of"]


@dataclass(slots=True)
class Program:
    """What the routes work with.

    `records` may be out of reach: questions are answered all the same, and whoever reads them
    gets RecordsUnavailable. `feed` hands out the moderators' corrections. `warm` is set when the
    first loading of snapshot and model is over, however it ended; then `rehearsing` begins.
    """

    settings: Settings
    bot: Bot
    reader: Reader
    library: Library
    model: Model
    records: Records
    sealing: Sealing
    log: QueryLog
    feed: Feed
    limiter: Limiter
    metrics: Metrics
    rehearsing: Rehearsing
    warm: threading.Event = field(default_factory=threading.Event)
    started: datetime = field(default_factory=lambda: datetime.now(UTC))


def program_of(request: Request) -> Program:
    """Give a route the program of the application that it belongs to."""
    program: Program = request.app.state.program
    return program


ProgramDep = Annotated[Program, Depends(program_of)]
