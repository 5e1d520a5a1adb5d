"""The cases of moderators: asked again on demand, with the trend over snapshots."""

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from bot.review.accounts.sessions import Moderator
from bot.review.cases.asking import active_cases, ask_all
from bot.review.cases.exchange import exported, import_lines
from bot.review.cases.runs import Run, kept, runs, trend
from bot.review.statistics.charts import line, percent
from web.review.files import named, noted
from web.review.index import ready_of
from web.review.moderators import FormDep, JudgeDep, ReaderDep, ReviewRoute, page
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review", include_in_schema=False, route_class=ReviewRoute)


@router.get("/cases")
def cases(request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """The cases with what became of each at the last run, and the trend."""
    key = "saved" if request.query_params.get("said") == "saved" else None
    return shown(request, program, moderator, key=key)


@router.post("/cases/run")
def run(program: ProgramDep, moderator: JudgeDep) -> Response:
    """Ask all cases now, and keep what came of it."""
    ready_of(program)
    results = ask_all(program.bot, active_cases(program.records))
    kept(program.records, program.bot, moderator.name, results)
    return RedirectResponse("/review/cases?said=saved", 303)


@router.post("/cases/import")
def taken(request: Request, program: ProgramDep, moderator: JudgeDep, fields: FormDep) -> Response:
    """Add cases from lines of JSON; what is wrong with a line is said and the others are taken."""
    snapshot = ready_of(program).snapshot
    lines = fields.get("lines", "").splitlines()
    added, wrong = import_lines(program.records, lines, moderator.name, snapshot)
    program.feed.refresh()
    return shown(request, program, moderator, added=added, wrong=wrong)


@router.post("/cases/export")
def file(program: ProgramDep, moderator: JudgeDep) -> Response:
    """The cases as lines of JSON."""
    noted(program.records, moderator.name, "cases exported")
    lines: Iterator[str] = exported(program.records)
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=named("cases.jsonl"))


def shown(
    request: Request,
    program: Program,
    moderator: Moderator,
    key: str | None = None,
    added: int | None = None,
    wrong: list[str] | None = None,
) -> Response:
    """The page."""
    found = active_cases(program.records)
    every = trend(runs(program.records))
    last: Run | None = every[-1] if every else None
    return page(
        request,
        "cases.html",
        moderator=moderator,
        cases=found,
        runs=every,
        last=last,
        chart=line([(name_of(each), each.share) for each in every], percent, most=1.0),
        key=key,
        added=added,
        wrong=wrong or [],
        percent=percent,
    )


def name_of(run: Run) -> str:
    """A run as a word under the chart: its day, and the beginning of its snapshot's id."""
    return f"{run.at.strftime('%m-%d')} {run.snapshot[:4]}"
