"""`eval cases`, and `cases`: the questions of moderators, asked again, imported, exported."""

from pathlib import Path
from typing import Annotated

import typer

from web.commands.accounts import records_of
from web.commands.evaluating import app as evaluation
from web.commands.evaluating import bot_from
from web.commands.output import progress, say, say_error, say_json, say_table

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="The cases of moderators.")

AsJson = Annotated[bool, typer.Option("--json", help="The report as JSON")]


@evaluation.command("cases")
def ask_cases(
    context: typer.Context,
    as_json: AsJson = False,
    keep: Annotated[
        bool, typer.Option(help="Write the result down, for the trend on the review pages")
    ] = True,
) -> None:
    """Ask every case of moderators; status 1 where one is not what it must be."""
    from bot.review.audit import OPERATOR
    from bot.review.cases.asking import active_cases, ask_all
    from bot.review.cases.runs import kept, runs

    bot = bot_from(context.obj)
    with records_of(context) as records:
        known = active_cases(records)
        before = runs(records)
        with progress("cases") as moved:
            results = ask_all(bot, known, moved)
        if keep and known:
            kept(records, bot, OPERATOR, results)
    last = before[-1].results if before else {}
    rows = [
        {
            "id": name,
            "result": results[name],
            "before": last.get(name),
            "question": case.question,
        }
        for name, case in known
    ]
    counted = {
        result: sum(found == result for found in results.values())
        for result in ("satisfied", "missed", "stale")
    }
    if as_json:
        say_json({"snapshot": bot.ready().snapshot.id, **counted, "cases": rows})
    else:
        show(rows, counted)
    raise typer.Exit(bool(counted["missed"]))


def show(rows: list[dict[str, str | None]], counted: dict[str, int]) -> None:
    """Print what is not right, and the counts."""
    wrong = [row for row in rows if row["result"] != "satisfied"]
    if wrong:
        columns = ["id", "result", "before", "question"]
        say_table(columns, [[row[name] or "" for name in columns] for row in wrong])
    if not rows:
        say("There are no cases yet; moderators make them on the review pages.")
    else:
        say(
            f"{counted['satisfied']} right, {counted['missed']} wrong, "
            f"{counted['stale']} stale (their passages are gone)."
        )


@app.command("export")
def export_cases(context: typer.Context) -> None:
    """Print the cases as JSON lines."""
    from bot.review.cases.exchange import exported

    with records_of(context) as records:
        for line in exported(records):
            say(line.rstrip("\n"))


@app.command("import")
def import_cases(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSON lines")],
) -> None:
    """Add cases: lines that `cases export` wrote, or rows of an evaluation set."""
    from bot.review.audit import OPERATOR
    from bot.review.cases.exchange import import_lines

    snapshot = bot_from(context.obj).ready().snapshot
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        say_error(f"{path}: not a file of JSON lines")
        raise typer.Exit(2) from None
    with records_of(context) as records:
        added, wrong = import_lines(records, lines, OPERATOR, snapshot)
    say(f"{added} cases added.")
    for each in wrong:
        say_error(f"{path}:{each}")
    raise typer.Exit(bool(wrong))
