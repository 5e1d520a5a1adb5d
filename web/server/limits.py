"""How often one client may ask: a moving window, kept in memory under a name that fades.

A client is known by a hash of its address with a salt that is drawn anew each day and never
leaves memory, so that neither a dump of the memory tomorrow nor a log tells who asked.
"""

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from math import ceil

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection

__all__ = ["Limiter", "client_address"]

Networks = Sequence[IPv4Network | IPv6Network]


def within(address: str, networks: Networks) -> bool:
    """Whether `address` is an IP address in one of the networks."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)


def client_address(request: HTTPConnection, trusted: Networks) -> str:
    """The address that the request came from, seen past the trusted proxies and no others.

    `X-Forwarded-For` is read from the right: each proxy appends whom it heard from, and what
    stands left of the first address we do not trust may be invented.
    """
    address = request.client.host if request.client else ""
    heard = [
        part.strip()
        for line in request.headers.getlist("x-forwarded-for")
        for part in line.split(",")
    ]
    while heard and within(address, trusted):
        address = heard.pop()
    return address


def grouped(address: str) -> str:
    """One name for all addresses that one subscriber holds: an IPv6 network of 64 bits."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


class Limiter:
    """At most `a_minute` questions in any sixty seconds for one client; 0 means no limit."""

    def __init__(self, a_minute: int) -> None:
        self.item = RateLimitItemPerMinute(a_minute) if a_minute else None
        self.window = MovingWindowRateLimiter(MemoryStorage())
        self.salt: tuple[date, bytes] | None = None

    def name(self, address: str) -> str:
        """The name of a client for today."""
        today = datetime.now(UTC).date()
        if self.salt is None or self.salt[0] != today:
            self.salt = (today, secrets.token_bytes(32))
        return blake2b(grouped(address).encode(), key=self.salt[1], digest_size=16).hexdigest()

    def wait(self, address: str) -> int:
        """Count one question; give the seconds to wait if it is one too many, else 0."""
        if self.item is None:
            return 0
        name = self.name(address)
        if self.window.hit(self.item, name):
            return 0
        return max(1, ceil(self.window.get_window_stats(self.item, name).reset_time - time.time()))
