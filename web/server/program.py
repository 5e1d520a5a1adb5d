"""The running program: one object that every route gets, made once by `create_app`."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from bot.answering.wording import Wording, wording_of
from bot.corpus.catalogue import Catalogue
from bot.pipeline import Bot
from bot.review.accounts.sealing import Sealing
from bot.review.changes.feed import Feed
from bot.review.log.query_log import QueryLog
from bot.review.storage import Records
from embeddings.library import Library
from web.server.limits import Limiter
from web.server.metrics import Metrics
from web.server.model import Model
from web.server.rehearsing import Rehearsing
from web.server.settings import Settings

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
    catalogue: Catalogue
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

    @property
    def wording(self) -> Wording:
        """Every fixed word, as moderators have it at this moment."""
        return wording_of(self.feed.current())


def program_of(request: Request) -> Program:
    """Give a route the program of the application that it belongs to."""
    program: Program = request.app.state.program
    return program


ProgramDep = Annotated[Program, Depends(program_of)]
