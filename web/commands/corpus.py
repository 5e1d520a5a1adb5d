"""`ingest`, `audit` and `verify`: documents into a snapshot, and what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from web.commands.output import progress, say, say_error, say_json, say_table
from web.server.settings import Settings

if TYPE_CHECKING:
    from bot.corpus.inspection import PageAudit

__all__ = ["register"]

AsJson = Annotated[bool, typer.Option("--json", help="The report as JSON")]


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            exists=True, file_okay=False, help="Folders of documents; one snapshot of all of them"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read documents, screen them, and make the snapshot that is answered from.

    A running server moves over by itself. A file that cannot be read is named and left out. If
    it is interrupted, the next run goes on with what the model had done.
    """
    settings: Settings = context.obj
    roots = paths or [settings.sources]
    if not roots[0].is_dir():
        say_error(f"There is no folder {roots[0]}. Name a folder: safepassage ingest FOLDER")
        raise typer.Exit(2)
    from bot.corpus.ingest import ingest as build
    from bot.corpus.spreading import processors
    from embeddings.encoder import SHIPPED, SentenceEncoder

    # Nobody is kept waiting by this command but the person who gave it.
    threads = settings.threads if "threads" in settings.model_fields_set else processors()
    encoder = SentenceEncoder(settings.model or SHIPPED, threads=threads, lazily=True)
    with progress("documents, then passages") as moved:
        report = build(roots, settings.data, encoder, moved)
    for line in (*report.unreadable, *report.warnings):
        say_error(line)
    if as_json:
        say_json(report.as_json())
        return
    for line in (*report.sections, *report.left_out):
        say(f"left out: {line}")
    fates = sorted({fate for counts in report.passages.values() for fate in counts})
    rows = [
        (source, *(counts[fate] for fate in fates)) for source, counts in report.passages.items()
    ]
    say_table(("source", *fates), rows)
    if report.sections:
        say(f"{len(report.sections)} sections and lines of documents were left out, named above.")
    if report.reasons:
        say_table(("files left out because", "files"), report.reasons.most_common())
    say(f"{report.documents} documents; snapshot {report.snapshot} is live in {settings.data}")


def audit(
    context: typer.Context,
    counts: Annotated[
        bool, typer.Option("--counts", help="Only how much was hidden, by document and reason")
    ] = False,
    by_page: Annotated[
        bool, typer.Option("--by-page", help="Each page: shown, masked, withheld, and the policy")
    ] = False,
    page: Annotated[str, typer.Option("--page", help="Only pages whose name holds this")] = "",
    as_json: AsJson = False,
) -> None:
    """Show what was masked or withheld in the live snapshot, and why.

    This prints the originals, amounts and all, for the eyes of whoever runs the program; with
    `--counts` or `--by-page` it prints none.
    """
    from bot.corpus import inspection
    from embeddings.snapshot import load

    settings: Settings = context.obj
    snapshot = load(settings.data)
    if by_page:
        audit_pages([each for each in inspection.pages(snapshot) if page in each.document], as_json)
        return
    if counts:
        found = inspection.summary(snapshot)
        rows = [(*key, number) for key, number in sorted(found.items()) if page in key[0]]
        names = ("document", "fate", "reason", "passages")
        if as_json:
            say_json([dict(zip(names, row, strict=True)) for row in rows])
        else:
            say_table(names, rows)
        return
    hidden = [each for each in inspection.audit(snapshot) if page in each.document]
    if as_json:
        say_json([{**asdict(each), "why": each.why} for each in hidden])
        return
    for each in hidden:
        place = " > ".join((each.document, *each.section))
        say(f"{place}\n{each.fate}: {', '.join(each.reasons)} ({each.passage})\n{each.text}\n")


def audit_pages(found: Sequence["PageAudit"], as_json: bool) -> None:
    """Say for each page what was shown, masked and withheld, and for which reasons."""
    if as_json:
        say_json([{**asdict(each), "why": each.why} for each in found])
        return
    rows = [
        (each.document, each.shown, each.masked, each.withheld, told(each.reasons))
        for each in found
    ]
    say_table(("page", "shown", "masked", "withheld", "reasons"), rows)
    for reason, words in sorted({r: w for each in found for r, w in each.why.items()}.items()):
        say(f"{reason}: {words}")


def told(reasons: Iterable[tuple[str, str, int]]) -> str:
    """Return reasons in one line: `masked amount 3, withheld table 1`."""
    return ", ".join(f"{fate} {reason} {number}" for fate, reason, number in reasons)


def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Prove that every passage is its source's own text; status 1 where one is not."""
    from bot.corpus import inspection
    from embeddings.snapshot import load

    settings: Settings = context.obj
    snapshot = load(settings.data)
    wrong = inspection.verify(snapshot)
    if as_json:
        facts = {"snapshot": snapshot.id, "passages": len(snapshot.passages), "wrong": wrong}
        say_json(facts)
    else:
        for line in wrong:
            say_error(line)
        passages, documents = len(snapshot.passages), len(snapshot.documents)
        say(f"{passages} passages of {documents} documents compared; {len(wrong)} wrong.")
    raise typer.Exit(bool(wrong))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (ingest, audit, verify):
        app.command()(command)
