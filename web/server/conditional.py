"""Answers to GET that a client may keep: an ETag, and 304 where nothing has changed.

The tag is a hash of what is sent, so that it changes with the snapshot, with what moderators
decide and with nothing else.
"""

from hashlib import blake2b

from fastapi import Request, Response
from pydantic import TypeAdapter

from embeddings.identity import lettered

__all__ = ["conditional", "matches"]


def matches(sent: str | None, tag: str) -> bool:
    """Whether If-None-Match names this tag, by weak comparison (RFC 9110, 13.1.2)."""
    if sent is None:
        return False
    names = [name.strip().removeprefix("W/") for name in sent.split(",")]
    return "*" in names or tag.removeprefix("W/") in names


def conditional(request: Request, value: object) -> Response:
    """Send a value as JSON, or 304 to a client that has it already.

    The tag is weak: the same JSON is sent with and without compression.
    """
    body = TypeAdapter(type(value)).dump_json(value)
    tag = f'W/"{lettered(blake2b(body, digest_size=12).hexdigest())}"'
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, media_type="application/json", headers={"ETag": tag})
