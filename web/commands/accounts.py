"""`user`: the accounts of moderators. A password is asked for or read, never an argument."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from web.commands.output import say, say_json
from web.server.settings import Settings

if TYPE_CHECKING:
    from bot.review.storage import Records

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="Accounts of moderators.")

Name = Annotated[str, typer.Argument(help="Name of the account")]


class RoleName(StrEnum):
    """What an account may do: read; give verdicts; change what is said."""

    viewer = "viewer"
    moderator = "moderator"
    admin = "admin"


def password() -> str:
    """The new password: asked for twice at a terminal, else the first line of standard input.

    An argument would be seen in the list of processes and kept in the shell's history.
    """
    if sys.stdin.isatty():
        typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")


@contextmanager
def records_of(context: typer.Context) -> Iterator["Records"]:
    """The database of the accounts, brought up to this program."""
    from bot.review.storage import Records

    settings: Settings = context.obj
    records = Records(settings.records_url)
    records.migrate()
    try:
        yield records
    finally:
        records.close()


@app.command()
def add(
    context: typer.Context,
    name: Name,
    role: Annotated[RoleName, typer.Option(help="What the account may do")] = RoleName.moderator,
) -> None:
    """Make an account."""
    from bot.review.accounts.accounts import add as make

    with records_of(context) as records:
        make(records, name, password(), role.value)
    say(f"{name} can log in at /review/login as {role.value}.")


@app.command()
def passwd(context: typer.Context, name: Name) -> None:
    """Give an account a new password, enable it, and log it out everywhere."""
    from bot.review.accounts.accounts import set_password

    with records_of(context) as records:
        set_password(records, name, password())
    say(f"{name} has a new password.")


@app.command()
def disable(context: typer.Context, name: Name) -> None:
    """Let an account in no more. Its verdicts stay."""
    from bot.review.accounts.accounts import disable as close

    with records_of(context) as records:
        close(records, name)
    say(f"{name} is disabled.")


@app.command()
def role(context: typer.Context, name: Name, role: RoleName) -> None:
    """Give an account another role, and log it out everywhere."""
    from bot.review.accounts.accounts import set_role

    with records_of(context) as records:
        set_role(records, name, role.value)
    say(f"{name} is {role.value} now.")


@app.command("reset-second-factor")
def reset_second_factor(context: typer.Context, name: Name) -> None:
    """Let an account in by its password alone again, where telephone and codes are lost."""
    from bot.review.accounts.accounts import forget_second_factor

    with records_of(context) as records:
        forget_second_factor(records, name)
    say(f"{name} logs in by password alone until a second factor is set up again.")


@app.command("list")
def list_accounts(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="The accounts as JSON")] = False,
) -> None:
    """Show all accounts."""
    from bot.review.accounts.accounts import listed

    with records_of(context) as records:
        found = [
            {
                "name": each.name,
                "role": each.role,
                "second_factor": each.totp_since is not None,
                "disabled": each.disabled_at is not None,
            }
            for each in listed(records)
        ]
    if as_json:
        say_json(found)
        return
    for each in found:
        notes = [word for word in ("second_factor", "disabled") if each[word]]
        say("  ".join([str(each["name"]), str(each["role"]), *notes]).replace("_", " "))
