"""Headers that keep a page to itself, and the one line of log that a request leaves.

The middleware are plain ASGI, so that nothing of a streamed answer is held back.
"""

import secrets
import time
from collections.abc import Iterable

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from embeddings.identity import lettered
from web.server.logging import logger
from web.server.metrics import Metrics
from web.server.problems import unexpected

__all__ = ["Errors", "Headers", "Record", "policy"]

REFUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
"""What no page of ours ever asks a browser for."""

FIXED = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-dns-prefetch-control": "off",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in REFUSED),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""On every response. A link to a source is not looked up before somebody follows it."""


def policy(nonce: str, frame_ancestors: Iterable[str]) -> str:
    """The content security policy of a page whose inline script and style carry `nonce`."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors " + (" ".join(frame_ancestors) or "'none'"),
        )
    )


class Headers:
    """Set the headers of every response, and `request.state.nonce` for the templates.

    Nothing is stored on the way or in the browser unless a route says otherwise; what carries
    an ETag may be kept, but is asked for again each time.
    """

    def __init__(self, app: ASGIApp, frame_ancestors: tuple[str, ...], https: bool) -> None:
        self.app = app
        self.frame_ancestors = frame_ancestors
        self.https = https
        self.fixed = FIXED | ({"strict-transport-security": "max-age=31536000"} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap `send` so that the first message carries the headers."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if self.https:
            scope["scheme"] = "https"
        nonce = lettered(secrets.token_hex(16))
        scope.setdefault("state", {})["nonce"] = nonce

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                kept = "no-cache" if "etag" in headers else "no-store"
                headers.setdefault("cache-control", kept)
                headers.setdefault("content-security-policy", policy(nonce, self.frame_ancestors))
                for name, value in self.fixed.items():
                    headers.setdefault(name, value)
            await send(message)

        return await self.app(scope, receive, sending)


class Errors:
    """Turn what no handler caught into a problem, inside CORS, so that a page can read it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a problem unless the response has already begun."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            response = await unexpected(Request(scope), error)
            await response(scope, receive, send)


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Record:
    """Log and count each request by its route template: an address may hold what was typed."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Time the request and note its status."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        status = 500
        begun = time.perf_counter()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            return await self.app(scope, receive, sending)
        finally:
            self.write(scope, status, (time.perf_counter() - begun) * 1000)

    def write(self, scope: Scope, status: int, milliseconds: float) -> None:
        """One line and one count; a made-up method or address is written as `-`."""
        route = getattr(scope.get("route"), "path", "-")
        method = scope["method"] if route != "-" and scope["method"] in METHODS else "-"
        self.metrics.requests.labels(route, method, str(status)).inc()
        logger.info("request", route=route, method=method, status=status, ms=round(milliseconds, 1))
