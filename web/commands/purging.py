"""`purge`: deletes what was kept of questions, on its day or all of it."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from embeddings.errors import StorageFailed
from web.commands.output import say, say_json
from web.server.settings import Settings

__all__ = ["register"]


def purge(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="Delete every question, not only those whose day has come")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before deleting all")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The numbers as JSON")] = False,
) -> None:
    """Delete logged questions, with their answers and notes, from the live store."""
    if everything and not yes:
        typer.confirm("Delete every logged question?", abort=True, err=True)
    from dataclasses import asdict

    from bot.review.log.retention import NOT_WIPED
    from bot.review.log.retention import purge as delete
    from bot.review.storage import Records

    settings: Settings = context.obj
    records = Records(settings.records_url)
    records.migrate()
    try:
        purged = delete(records, datetime.now(UTC), everything, settings.spill)
    except OSError as error:
        raise StorageFailed(f"{settings.spill} cannot be emptied: {error.strerror}.") from None
    finally:
        records.close()
    if as_json:
        say_json(asdict(purged))
        return
    say(f"Deleted {purged.records + purged.spilled} questions and {purged.feedback} verdicts.")
    if purged.corrections:
        say(f"Deleted {purged.corrections} versions of withdrawn pins and cases.")
    if not purged.wiped:
        say("Old pages of the file were in use, and are overwritten at the next purge.")
    say("Not reached: " + "; ".join(NOT_WIPED) + ".")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(purge)
