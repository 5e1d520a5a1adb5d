"""Charts of what happened by day, drawn on the server, with the same numbers as a table."""

import csv
import io
from dataclasses import fields
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request, Response

from bot.review.statistics.by_day import DAYS, Day, Statistics, statistics
from bot.review.statistics.charts import Chart, bars, line, percent, plain
from web.review.files import named
from web.review.moderators import ReaderDep, Refused, ReviewRoute, page
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review", include_in_schema=False, route_class=ReviewRoute)

PERIODS: Final = (7, DAYS, 90)
COLUMNS: Final = tuple(column.name for column in fields(Day))


@router.get("/charts")
def charts(request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """All charts of a period; an address that makes no sense shows the usual one."""
    found = of_period(request, program)
    return page(
        request,
        "charts.html",
        moderator=moderator,
        found=found,
        drawn=drawings(found),
        days=len(found.days),
        periods=PERIODS,
        percent=percent,
        plain=plain,
    )


@router.get("/charts/{name}/image")
def image(name: str, request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """One chart as an SVG file, with its colours in it. Raises Refused for none."""
    drawn = drawings(of_period(request, program)).get(name)
    if drawn is None:
        raise Refused(404, "problem_not_found")
    made = page(request, "chart.svg", moderator=moderator, drawn=drawn, chart=name)
    made.headers.update({"Content-Type": "image/svg+xml", **named(f"{name}.svg")})
    return made


@router.get("/charts/table")
def table(request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """The numbers of every day as CSV; what is too small to be told is empty."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for day in of_period(request, program).days:
        told = (getattr(day, column) for column in COLUMNS)
        writer.writerow("" if value is None else value for value in told)
    return Response(file.getvalue(), media_type="text/csv", headers=named("charts.csv"))


def of_period(request: Request, program: Program) -> Statistics:
    """What happened in the days that the address asks for."""
    asked = request.query_params.get("days", "")
    days = next((each for each in PERIODS if str(each) == asked), DAYS)
    return statistics(program.records, datetime.now(UTC).date(), days)


def drawings(found: Statistics) -> dict[str, Chart]:
    """Every chart by the key of its name."""
    by_day = [(each.day.strftime("%m-%d"), each) for each in found.days]
    return {
        "chart_volume": bars([(name, each.answers) for name, each in by_day]),
        "chart_not_found": line([(n, each.not_found) for n, each in by_day], percent, 1.0),
        "chart_helpful": line([(n, each.helpful) for n, each in by_day], percent, 1.0),
        "chart_reviewed": bars([(n, each.reviewed) for n, each in by_day], percent, 1.0),
        "chart_hours": line([(n, each.hours) for n, each in by_day], plain),
    }
