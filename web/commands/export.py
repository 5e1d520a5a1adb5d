"""`export`: what was kept of questions, as CSV or JSON lines. Noted in the audit log."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from web.commands.accounts import records_of

__all__ = ["register"]


class Format(StrEnum):
    """How a file is written."""

    csv = "csv"
    jsonl = "jsonl"


Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day, included")]


def export(
    context: typer.Context,
    form: Annotated[Format, typer.Option("--format", help="How to write")] = Format.csv,
    since: Day = None,
    until: Day = None,
) -> None:
    """Print the logged questions with their verdicts, one row each, without personal data."""
    from bot.review import audit
    from bot.review.exports.files import as_csv, as_json_lines
    from bot.review.exports.rows import Wanted, rows

    wanted = Wanted(since and since.date(), until and until.date())
    with records_of(context) as records:
        with records.writing() as session:
            detail = f"format={form.value} since={wanted.since} until={wanted.until}"
            now = datetime.now(UTC)
            audit.note(session, now, audit.OPERATOR, "records exported", "", detail)
        found = rows(records, wanted)
        for line in as_csv(found) if form is Format.csv else as_json_lines(found):
            sys.stdout.write(line)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(export)
