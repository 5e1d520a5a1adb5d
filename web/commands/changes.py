"""`overrides`: what moderators have changed, for whoever runs the program on its machine."""

from pathlib import Path
from typing import Annotated

import typer

from web.commands.accounts import records_of
from web.commands.output import say, say_error, say_json, say_table

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="What moderators have changed.")

AsJson = Annotated[bool, typer.Option("--json", help="As JSON")]
All = Annotated[bool, typer.Option("--all", help="Also what is proposed or withdrawn")]


@app.command("list")
def listing(context: typer.Context, everything: All = False, as_json: AsJson = False) -> None:
    """List what is in force, the latest change first."""
    from bot.review.changes.versions import listed

    with records_of(context) as records:
        found = listed(records, states=() if everything else ("active",))
    if as_json:
        say_json(
            [
                {
                    "id": each.id,
                    "version": each.version,
                    "kind": each.kind,
                    "state": each.state,
                    "target": each.target,
                    "who": each.who,
                    "at": each.at.isoformat(),
                    "note": each.note,
                    "source": each.source,
                    "payload": each.values,
                }
                for each in found
            ]
        )
        return
    columns = ["id", "kind", "state", "version", "who", "at", "target"]
    rows = [
        (
            each.id,
            each.kind,
            each.state,
            each.version,
            each.who,
            f"{each.at:%Y-%m-%d %H:%M}",
            each.target[:60],
        )
        for each in found
    ]
    say_table(columns, rows)


@app.command()
def export(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="File; none: standard output")] = None,
    everything: All = False,
) -> None:
    """Write what is in force as TOML."""
    from bot.review.changes.toml import as_toml
    from bot.review.changes.versions import listed
    from embeddings.errors import StorageFailed

    with records_of(context) as records:
        text = as_toml(listed(records, states=() if everything else ("active",)))
    if path is None:
        say(text.rstrip("\n"))
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageFailed(f"{path} cannot be written: {error.strerror}.") from None


@app.command()
def withdraw(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Id of the change, as `list` shows it")],
) -> None:
    """Take a change back; running servers follow within two seconds."""
    from bot.review.audit import OPERATOR
    from bot.review.changes.versions import change, history

    with records_of(context) as records:
        versions = history(records, name)
        outcome = (
            change(records, name, versions[0].version, OPERATOR, "withdrawn")
            if versions
            else "gone"
        )
    if outcome != "saved":
        say_error(
            f"There is no change {name}; `safepassage overrides list` shows them."
            if outcome == "gone"
            else f"{name} is withdrawn already."
        )
        raise typer.Exit(1)
    say(f"{name} is withdrawn.")
