"""`doctor`: looks at everything that the program needs, and says what to do where it is missing."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer

from embeddings.errors import PortTaken, SafePassageError
from web.commands.output import say_json, say_table
from web.server.settings import Settings

__all__ = ["Finding", "examine", "register"]

State = Literal["ok", "notice", "problem"]

FREE_BYTES = 200_000_000
"""Room for another snapshot and for the records of a month."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `words` say what to do unless it is `ok`."""

    what: str
    state: State
    words: str


def data(settings: Settings) -> Finding:
    """The data directory can be written, and its disk has room."""
    place = settings.data.absolute()
    while not place.exists():
        place = place.parent
    if not os.access(place, os.W_OK):
        words = f"{settings.data} cannot be written. Change its owner, or set SAFEPASSAGE_DATA."
        return Finding("data", "problem", words)
    free = shutil.disk_usage(place).free
    if free < FREE_BYTES:
        words = f"{free // 1_000_000} MB are free. Ingesting and logging may fail: make room."
        return Finding("data", "problem", words)
    return Finding("data", "ok", f"{settings.data}, {free // 1_000_000} MB free")


def variables(settings: Settings) -> Finding:
    """No variable that looks like a setting is unknown."""
    known = {f"SAFEPASSAGE_{name.upper()}" for name in type(settings).model_fields}
    known.remove("SAFEPASSAGE_DATABASE_URL")
    unknown = [name for name in os.environ if name.startswith("SAFEPASSAGE_")]
    unknown = sorted(name for name in unknown if name.upper() not in known)
    if unknown:
        words = f"{', '.join(unknown)}: no such setting. See docs/settings.md for the names."
        return Finding("settings", "notice", words)
    return Finding("settings", "ok", "every variable is known")


def catalogues(_: Settings) -> Finding:
    """Phrases and contacts are complete, and somebody has checked the contacts."""
    from bot.answering import contacts, phrases

    for language in phrases.languages():
        phrases.ui(language)
    stale = contacts.corrected().stale(datetime.now(UTC).date())
    if stale:
        words = f"{len(stale)} contacts were not checked by a person in the last twelve months."
        return Finding("contacts", "notice", words)
    return Finding("contacts", "ok", "all were checked in the last twelve months")


def model(settings: Settings) -> Finding:
    """The model can be loaded with no network."""
    from web.server.model import Model

    encoder = Model(settings.model, settings.threads)()
    return Finding("model", "ok", f"{encoder.name}, {encoder.dimension} dimensions")


def snapshot(settings: Settings) -> Finding:
    """There is a live snapshot, as it was written, by the model and the rules of now."""
    from bot.corpus.inspection import outdated
    from embeddings.agreement import require_agreement
    from embeddings.snapshot import load
    from web.server.model import Model

    found = load(settings.data)
    require_agreement(found, Model(settings.model, settings.threads)())
    old = outdated(found)
    if old:
        return Finding("snapshot", "problem", old)
    words = f"{found.id}: {len(found.documents)} documents, {len(found.passages)} passages"
    return Finding("snapshot", "ok", words)


def records(settings: Settings) -> Finding:
    """The database of questions and accounts answers, and has the tables of this program."""
    from bot.review.storage import Records

    opened = Records(settings.records_url)
    try:
        opened.migrate()
    finally:
        opened.close()
    kind = "SQLite" if opened.sqlite else "PostgreSQL"
    return Finding("records", "ok", f"{kind}; logging: {settings.log}")


def second_factors(settings: Settings) -> Finding:
    """Every secret of a second factor opens with the keys that there are."""
    from bot.review.accounts.second_factor import checked
    from bot.review.storage import Records
    from web.server.assembly import sealing_of

    opened = Records(settings.records_url)
    try:
        opened.migrate()
        number = checked(opened, sealing_of(settings))
    finally:
        opened.close()
    return Finding("second factors", "ok", f"{number} set up or begun, each opens")


def port(settings: Settings) -> Finding:
    """Nobody else listens where the server should."""
    from web.commands.serving import bound

    try:
        bound(settings.host, settings.port).close()
    except PortTaken as error:
        return Finding("port", "notice", f"{error} (This may be SafePassage itself.)")
    return Finding("port", "ok", f"{settings.host}:{settings.port} is free")


CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    variables,
    data,
    catalogues,
    model,
    snapshot,
    records,
    second_factors,
    port,
)


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, one after another; a failure of one hides no other."""
    for check in CHECKS:
        try:
            yield check(settings)
        except SafePassageError as error:
            yield Finding(check.__name__, "problem", str(error))


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="The findings as JSON")] = False,
) -> None:
    """Check settings, disk, model, snapshot, records and contacts, and say what to do."""
    findings = list(examine(context.obj))
    if as_json:
        say_json([asdict(finding) for finding in findings])
    else:
        say_table(("", "", ""), [(f.what, f.state, f.words) for f in findings])
    raise typer.Exit(any(finding.state == "problem" for finding in findings))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(doctor)
