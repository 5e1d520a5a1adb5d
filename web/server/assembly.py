"""Making the running program out of its settings, starting it and stopping it."""

import threading
from collections.abc import Callable

from bot.answering.wording import wording_of
from bot.corpus.catalogue import Catalogue
from bot.corpus.inspection import outdated
from bot.overrides import Overrides
from bot.pipeline import Bot, Question
from bot.review.accounts.sealing import Sealing
from bot.review.accounts.second_factor import sealed_anew
from bot.review.log.query_log import QueryLog
from bot.review.notices.notifier import Notifier
from bot.review.notices.outbox import Outbox
from bot.review.storage import Records
from embeddings.errors import RecordsUnavailable, SafePassageError
from embeddings.library import Library
from web.server.corrections import corrections_of, feed_of
from web.server.limits import Limiter
from web.server.logging import failure, logger
from web.server.metrics import Metrics
from web.server.model import Model
from web.server.program import Program
from web.server.rehearsing import Rehearsing
from web.server.settings import Settings

__all__ = ["assemble", "bot_of", "sealing_of", "start", "stop"]


DRILL = Question("没有呼吸了 not breathing")
"""Asked before anything else, so that whatever an emergency needs is in memory and in order."""


def bot_of(
    settings: Settings,
    model: Model,
    library: Library,
    overrides: Callable[[], Overrides] | None = None,
) -> Bot:
    """The bot by itself: what a command needs, with the moderators' corrections of now."""
    return Bot(
        library,
        model,
        language=settings.language,
        region=settings.region,
        overrides=overrides or corrections_of(settings),
    )


def notifier_of(settings: Settings, records: Records) -> Notifier:
    """Who tells the site's owner of danger, where the settings say whereto."""
    url, secret = settings.webhook_url, settings.webhook_secret
    return Notifier(
        str(url) if url else None,
        secret.get_secret_value() if secret else None,
        outbox=Outbox(records),
    )


def sealing_of(settings: Settings) -> Sealing:
    """What seals the secrets of second factors: the owner's keys, else one beside the records."""
    given = settings.secret_key
    return Sealing(settings.key_file, *(given.get_secret_value().split() if given else ()))


def assemble(settings: Settings) -> Program:
    """Put the program together, ready for an emergency; nothing else is opened or loaded yet.

    Raises CatalogueInvalid, and RecordsUnavailable for a DATABASE_URL that is no address.
    """
    model = Model(settings.model, settings.threads)
    library = Library(settings.data)
    records = Records(settings.records_url)
    log = QueryLog(
        records,
        mode=settings.log,
        retention_days=settings.retention_days,
        days_by_kind=settings.retention_days_by_kind,
        conversations=settings.conversations,
        notifier=notifier_of(settings, records),
        spill=settings.spill,
    )
    feed = feed_of(settings, records)
    bot = bot_of(settings, model, library, feed.current)
    bot.danger(DRILL)
    return Program(
        settings=settings,
        bot=bot,
        catalogue=Catalogue(library, settings.language, feed.current),
        feed=feed,
        library=library,
        model=model,
        records=records,
        sealing=sealing_of(settings),
        log=log,
        limiter=Limiter(settings.questions_a_minute),
        metrics=Metrics(),
        rehearsing=Rehearsing(library, settings.language, lambda: wording_of(feed.current())),
    )


def start(program: Program) -> None:
    """Open the records, and load model and snapshot in the background.

    What fails is logged and tried again when it is next needed: an emergency can be answered
    without any of it.
    """
    try:
        program.records.migrate()
        sealed_anew(program.records, program.sealing)
    except RecordsUnavailable as error:
        logger.error("records_unavailable", why=str(error))
    except SafePassageError as error:
        logger.error("second_factor_unreadable", why=str(error))
    program.feed.start()
    program.log.notifier.start()
    threading.Thread(target=warm, args=(program,), name="warm", daemon=True).start()


def warm(program: Program) -> None:
    """Load what the first question would otherwise wait for."""
    for step in (program.bot.ready, program.model, lambda: warn_of_age(program.library)):
        try:
            step()
        except SafePassageError as error:
            logger.error("not_ready", why=str(error))
        except Exception as error:
            failure("not_ready", error)
    program.warm.set()
    logger.info("warm")
    program.rehearsing.start()


def warn_of_age(library: Library) -> None:
    """Log that the snapshot was screened by other rules than those of this program, if it was."""
    old = outdated(library.current())
    if old:
        logger.error("screening_outdated", why=old)


def stop(program: Program) -> None:
    """Write out what is still to be logged, and close the records."""
    program.rehearsing.stop()
    program.feed.stop()
    program.log.close()
    program.records.close()
