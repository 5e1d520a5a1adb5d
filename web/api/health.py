"""GET /healthz, /readyz and /metrics: for whoever runs the machine."""

from ipaddress import ip_network
from secrets import compare_digest

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from web.server.limits import client_address, within
from web.server.problems import Problem
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


@router.get("/healthz")
async def get_healthz() -> dict[str, str]:
    """The process lives and can tell of contacts."""
    return {"status": "ok"}


@router.get("/readyz")
def get_readyz(program: ProgramDep) -> dict[str, str]:
    """The program can answer from the index now; else the problem says what is missing."""
    if not program.warm.is_set():
        raise Problem("index-unavailable")
    return {"status": "ok", "snapshot": program.bot.ready().snapshot.id}


@router.get("/metrics")
def get_metrics(request: Request, program: ProgramDep) -> Response:
    """Counts for Prometheus, to loopback and to whoever has the token."""
    if not permitted(request, program):
        raise Problem("forbidden")
    program.metrics.ready.set(program.warm.is_set() and program.model.loaded)
    return Response(program.metrics.text(), media_type=CONTENT_TYPE_LATEST)


def permitted(request: Request, program: Program) -> bool:
    """Whether the metrics are for this caller.

    A request that a proxy on this machine passes on also comes from loopback, so one that tells
    of a proxy needs the token.
    """
    token = program.settings.metrics_token
    offered = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token is not None and compare_digest(offered.encode(), token.get_secret_value().encode()):
        return True
    if any(name in request.headers for name in FORWARDED):
        return False
    return within(client_address(request, ()), LOOPBACK)
