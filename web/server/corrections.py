"""Moderators' corrections in the running program: for every request, and for a single command."""

from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.overrides import NONE, Overrides, applying
from bot.review.changes.feed import Feed
from bot.review.storage import Records
from web.server.settings import Settings

__all__ = ["Corrections", "corrections_of", "feed_of"]


class Corrections:
    """Let the corrections of the moment hold for a request, whatever it is about.

    The contacts on an error page come from the same place as those of an answer.
    """

    def __init__(self, app: ASGIApp, current: Callable[[], Overrides]) -> None:
        self.app, self.current = app, current

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle the request under one state of the corrections, from its beginning to its end."""
        with applying(self.current()):
            await self.app(scope, receive, send)


def feed_of(settings: Settings, records: Records) -> Feed:
    """Where the program's corrections come from, with a copy for a start without the database."""
    return Feed(records, settings.data / "corrections.json")


def corrections_of(settings: Settings) -> Callable[[], Overrides]:
    """The corrections for one command, read once; the defaults where nothing was ever kept."""
    records = Records(settings.records_url)
    if records.file is not None and not records.file.exists():
        return lambda: NONE
    feed = feed_of(settings, records)
    feed.refresh()
    records.close()
    return feed.current
