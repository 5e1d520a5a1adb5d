"""The `safepassage` command. What is heavy is imported by the command that needs it."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from embeddings.errors import SafePassageError
from web.commands import (
    accounts,
    asking,
    cases,
    changes,
    corpus,
    doctor,
    evaluating,
    export,
    purging,
    serving,
)
from web.commands.output import say_error
from web.server.settings import Settings

__all__ = ["app", "main"]

app = typer.Typer(
    name="safepassage",
    help="Answers questions about drugs with passages quoted word for word from named sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        from importlib.metadata import version as installed

        typer.echo(f"safepassage {installed('safepassage')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(help="Directory of the snapshots and the SQLite file [SAFEPASSAGE_DATA]"),
    ] = None,
    _: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version")
    ] = False,
) -> None:
    """Read the settings; what stands on the command line wins over the environment."""
    try:
        context.obj = Settings() if data is None else Settings(data=data)
    except ValidationError as error:
        for each in error.errors():
            name = ".".join(map(str, each["loc"]))
            variable = name if name == "DATABASE_URL" else f"SAFEPASSAGE_{name.upper()}"
            say_error(f"{variable}: {each['msg']}")
        raise typer.Exit(2) from None


for module in (corpus, asking, serving, purging, export, doctor):
    module.register(app)
app.add_typer(evaluating.app, name="eval")
app.add_typer(accounts.app, name="user")
app.add_typer(changes.app, name="overrides")
app.add_typer(cases.app, name="cases")


def main() -> None:
    """Run the command; an error that we know is one line that says what to do."""
    try:
        app()
    except SafePassageError as error:
        say_error(str(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
