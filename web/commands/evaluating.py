"""`eval`: the whole program over question sets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from web.commands.output import say_error, say_json, say_table
from web.settings import Settings

if TYPE_CHECKING:
    from bot.pipeline import Bot

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="Measure the program over a set of questions.")

AsJson = Annotated[bool, typer.Option("--json", help="The report as JSON")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSON lines")]


def bot_from(settings: Settings) -> "Bot":
    """The bot as it answers over the web, without the log."""
    from embeddings.library import Library
    from web.assembly import bot_of
    from web.model import Model

    return bot_of(settings, Model(settings.model, settings.threads), Library(settings.data))


def rows_of(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """The rows of all files; a file that is no JSON lines ends the command with status 2."""
    from bot.evaluation import read_rows

    try:
        return [row for path in paths for row in read_rows(path)]
    except ValueError:
        say_error(f"{', '.join(map(str, paths))}: not a file of JSON lines")
        raise typer.Exit(2) from None


def show(rows: Sequence[Mapping[str, Any]], as_json: bool) -> None:
    """Print the rows of a report."""
    if as_json:
        say_json(rows)
        return
    columns = list(rows[0]) if rows else []
    say_table(columns, [[rounded(row[name]) for name in columns] for row in rows])


def rounded(value: object) -> object:
    """A share to three places; anything else as it is."""
    if isinstance(value, tuple | list):
        return " to ".join(str(rounded(each)) for each in value)
    return round(value, 3) if isinstance(value, float) else value


@app.command()
def retrieval(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="JSON lines with gold runs")
    ],
    as_json: AsJson = False,
) -> None:
    """How often the gold passage stands first, among the first three, among the first five."""
    from bot.evaluation import evaluate_gold

    bot = bot_from(context.obj)
    report = evaluate_gold(bot, bot.ready().snapshot, rows_of(paths))
    show(report.rows(), as_json)


@app.command()
def safety(context: typer.Context, path: File, as_json: AsJson = False) -> None:
    """How often a question got what it must get; status 1 where one did not."""
    from bot.evaluation import evaluate_safety

    report = evaluate_safety(bot_from(context.obj), rows_of([path]))
    if as_json:
        say_json({"rows": report.rows(), "violated": report.violated})
    else:
        show(report.rows(), as_json=False)
        for each in report.violated:
            say_error(f"{each['id']}: must {each['must']}, got {each['got']}")
    raise typer.Exit(bool(report.violated))
