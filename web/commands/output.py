"""How commands speak: results on standard output, everything else on standard error."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

__all__ = ["errors", "progress", "say", "say_error", "say_json", "say_table"]

errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
"""Standard error. Rich honours NO_COLOR, and writes no colour where nobody looks."""


def say(text: str) -> None:
    """Print one line as it is."""
    typer.echo(text)


def say_error(text: str) -> None:
    """Print one line on standard error."""
    typer.echo(text, err=True)


def say_json(value: Any) -> None:  # noqa: ANN401 -- whatever json takes
    """Print a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; numbers are aligned to the right."""
    table = Table(*columns, highlight=False)
    for at in range(len(columns)):
        if rows and all(isinstance(row[at], int | float) for row in rows):
            table.columns[at].justify = "right"
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console(markup=False, highlight=False).print(table)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on standard error; gives the function that moves it on.

    Where standard error is no terminal, nothing is shown.
    """
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
