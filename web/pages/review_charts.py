"""Charts of what happened by day, drawn on the server, with the same numbers as a table."""

from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request, Response

from bot.review.statistics.by_day import DAYS, statistics
from bot.review.statistics.charts import bars, line, percent, plain
from web.pages.moderators import ReaderDep, ReviewRoute, page
from web.program import ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review", include_in_schema=False, route_class=ReviewRoute)

PERIODS: Final = (7, DAYS, 90)


@router.get("/charts")
def charts(request: Request, program: ProgramDep, moderator: ReaderDep) -> Response:
    """All charts of a period; an address that makes no sense shows the usual one."""
    asked = request.query_params.get("days", "")
    days = next((each for each in PERIODS if str(each) == asked), DAYS)
    found = statistics(program.records, datetime.now(UTC).date(), days)
    by_day = [(each.day.strftime("%m-%d"), each) for each in found.days]
    drawn = {
        "chart_volume": bars([(name, each.answers) for name, each in by_day]),
        "chart_not_found": line([(n, each.not_found) for n, each in by_day], percent, 1.0),
        "chart_helpful": line([(n, each.helpful) for n, each in by_day], percent, 1.0),
        "chart_reviewed": bars([(n, each.reviewed) for n, each in by_day], percent, 1.0),
        "chart_hours": line([(n, each.hours) for n, each in by_day], plain),
    }
    return page(
        request,
        "charts.html",
        moderator=moderator,
        found=found,
        drawn=drawn,
        days=days,
        periods=PERIODS,
        percent=percent,
        plain=plain,
    )
