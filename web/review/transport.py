"""How a request came: whether a password may travel with it."""

from ipaddress import ip_network
from typing import Final

from fastapi import Request

from web.server.limits import within
from web.server.program import program_of

__all__ = ["https", "secured"]

FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
LOOPBACK: Final = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


def https(request: Request) -> bool:
    """Whether the visitor's own connection is encrypted, as far as we or a trusted proxy know."""
    if request.url.scheme == "https":
        return True
    trusted = program_of(request).settings.trusted_proxies
    peer = request.client.host if request.client else ""
    said = request.headers.get("x-forwarded-proto", "").rpartition(",")[2].strip()
    return within(peer, trusted) and said.lower() == "https"


def secured(request: Request) -> bool:
    """Whether a password may travel here: over https, or without leaving this machine.

    A request from loopback that a proxy has passed on comes from elsewhere.
    """
    if https(request):
        return True
    peer = request.client.host if request.client else ""
    passed_on = any(name in request.headers for name in (*FORWARDED, "x-forwarded-proto"))
    return loopback(peer) and not passed_on


def loopback(address: str) -> bool:
    """Whether an address is this machine's own."""
    return within(address.removeprefix("::ffff:"), LOOPBACK)
