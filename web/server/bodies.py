"""What can be read of a request's body, however it was sent.

Somebody whose friend has stopped breathing may use a client with a mistake in it. So a body is
never refused before its words have been looked at: broken JSON, another encoding, a field of the
wrong type and a text that is too long all leave words that triage can read.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote_plus

from fastapi import Request

__all__ = ["READ_BYTES", "Sent", "clean", "read", "sent"]

READ_BYTES: Final = 100_000
"""What triage reads of a body."""

DRAINED_BYTES: Final = 10 * READ_BYTES
"""What is taken from the connection, so that the client is still there to hear the answer."""

VALUE = re.compile(r'"(?:question|query)"\s*:\s*"((?:[^"\\]|\\.)*)')
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Sent:
    """`fields` of the JSON object, empty where there is none; `words`, all text that was sent.

    `problem` names what is wrong with the body as a whole (see `web.server.problems`).
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    problem: str | None = None

    def text(self, name: str) -> str | None:
        """The field as text; None where it is missing, empty or something else."""
        value = self.fields.get(name)
        return (clean(value) or None) if isinstance(value, str) else None


def clean(text: str) -> str:
    """Without what no database or encoder takes: NUL, and halves of surrogate pairs."""
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return paired.replace("\0", " ").strip()


def decoded(body: bytes) -> str:
    """The body as text: UTF-8 or -16, or GB 18030, which Chinese consoles still send."""
    encodings = ["utf-8-sig", "gb18030"]
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings.insert(0, "utf-16")
    for encoding in encodings:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode("utf-8", "replace")


def strings(value: object) -> Iterator[str]:
    """Every string in a JSON value, in order, but not the names of fields."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, Mapping):
            waiting.extend(reversed(list(each.values())))
        elif isinstance(each, list):
            waiting.extend(reversed(each))


def salvaged(text: str) -> str:
    """The words of something that is no JSON: the question if one can be told, else all."""
    found = VALUE.search(text)
    words = found[1] if found else unquote_plus(text)
    return ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), words)


def sent(body: bytes, *, cut: bool = False) -> Sent:
    """What a body says. `cut` where it was longer than what was kept."""
    text = decoded(body)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        problem = "question-too-long" if cut else "body-unreadable"
        return Sent({}, clean(salvaged(text)), problem)
    words = clean("\n".join(strings(value)))
    if not isinstance(value, dict):
        return Sent({}, words, "body-unreadable")
    return Sent(value, words, "question-too-long" if cut else None)


async def read(request: Request) -> Sent:
    """Read the body of a request as far as it is of use."""
    kept, seen = bytearray(), 0
    async for chunk in request.stream():
        kept += chunk[: READ_BYTES - len(kept)]
        seen += len(chunk)
        if seen > DRAINED_BYTES:
            break
    if seen <= READ_BYTES:
        return sent(bytes(kept))
    # The cut may fall inside a character.
    return sent(bytes(kept).decode("utf-8", "ignore").encode() or bytes(kept), cut=True)
