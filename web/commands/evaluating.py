"""`eval`: the program measured over questions whose right answer is known."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from embeddings.errors import QuestionsInvalid
from web.commands.figures import table
from web.commands.measuring import bot_from, measured, warning
from web.commands.output import progress, say, say_error, say_json, say_table

if TYPE_CHECKING:
    from bot.evaluation.measuring import Measured

__all__ = ["app", "bot_from", "show"]

app = typer.Typer(no_args_is_help=True, help="Measure the program over a set of questions.")

AsJson = Annotated[bool, typer.Option("--json", help="The report as JSON")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSON lines")]
Sets = Annotated[
    list[Path],
    typer.Argument(exists=True, help="BEIR folders, and files of JSON lines with gold runs"),
]
Arms = Annotated[str, typer.Option(help="Which of lexical, dense, fused and full to measure")]
Models = Annotated[
    list[str] | None,
    typer.Option(help="Name or path of a model, instead of the site's; may be given again"),
]
Folders = Annotated[
    list[Path] | None,
    typer.Option(exists=True, file_okay=False, help="Documents to read instead of the index"),
]
Present = Annotated[
    bool,
    typer.Option(help="Leave out questions whose right passage the index has not"),
]
Plot = Annotated[Path | None, typer.Option(dir_okay=False, help="Draw the figures into an SVG")]


@contextmanager
def readable() -> Iterator[None]:
    """End the command with status 2 where a set of questions cannot be read."""
    try:
        yield
    except QuestionsInvalid as error:
        say_error(str(error))
        raise typer.Exit(2) from None


def show(rows: Sequence[Mapping[str, Any]], as_json: bool) -> None:
    """Print the rows of a report."""
    if as_json:
        say_json(rows)
        return
    columns = list(rows[0]) if rows else []
    say_table(columns, [[row[name] for name in columns] for row in rows])


@app.command()
def retrieval(
    context: typer.Context,
    paths: Sets,
    arms: Arms = "lexical,dense,fused,full",
    model: Models = None,
    corpus: Folders = None,
    present: Present = False,
    as_json: AsJson = False,
    plot: Plot = None,
) -> None:
    """How well passages are found, and how well it is known that there are none.

    Gold files are asked of the live index, or of the documents in --corpus; BEIR folders bring
    their own. What is built for it is temporary. Every figure has its 95% bootstrap interval.
    """
    from bot.evaluation.measuring import read_set

    chosen = chosen_arms(arms)
    with readable():
        sets = {path: read_set(path) for path in paths}
    found: list[Measured] = []
    for name in model or [context.obj.model]:
        found += measured(context.obj, name, sets, chosen, corpus or [], present=present)
    for line in sorted({warning(each) for each in found} - {""}):
        say_error(line)
    if as_json:
        say_json([each.as_json() for each in found])
    else:
        say(table(found))
    if plot:
        from web.commands.chart import chart

        plot.write_text(chart(found), encoding="utf-8")


def chosen_arms(arms: str) -> list[str]:
    """The arms by name, in their order; one that there is not ends the command with status 2."""
    from bot.evaluation import ARMS

    names = {name.strip() for name in arms.split(",")} - {""}
    if not names or not names <= set(ARMS):
        say_error(f"--arms takes {', '.join(ARMS)}, with commas between")
        raise typer.Exit(2)
    return [name for name in ARMS if name in names]


@app.command()
def safety(context: typer.Context, path: File, as_json: AsJson = False) -> None:
    """How often a question got what it must get; status 1 where one did not, or an amount shows.

    `leaks` are found by a second detector that shares nothing with the screen: read each.
    """
    from bot.evaluation import evaluate_safety, read_safety

    with readable():
        rows = read_safety(path)
    with progress("questions") as moved:
        report = evaluate_safety(bot_from(context.obj), rows, moved)
    failed = {name: report.ids(name) for name in ("missed", "refused", "alarmed")}
    if as_json:
        say_json(
            {"rows": report.rows(), "violated": report.violated, "leaks": report.leaks, **failed}
        )
    else:
        show(report.rows(), as_json=False)
        for each in report.violated:
            why = [name for name, ids in failed.items() if each["id"] in ids]
            say_error(f"{each['id']}: must {each['must']}, got {each['got']} {' '.join(why)}")
        for leak in report.leaks:
            say_error(f"{leak['id']}: looks like an amount in {', '.join(leak['where'])}")
    raise typer.Exit(bool(report.violated or report.leaks))
