"""Where moderators' corrections come from: in the running program, and for a single command."""

from collections.abc import Callable

from bot.overrides import NONE, Overrides
from bot.review.changes.feed import Feed
from bot.review.storage import Records
from web.server.settings import Settings

__all__ = ["corrections_of", "feed_of"]


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
