"""An answer taken apart for keeping, and put together again exactly as it was shown.

Thousands of answers quote the same passages, so a passage is kept once, under the SHA-256 of its
content; the answer keeps the hash, and what is its own: number, highlights, score.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from bot.answer import Answer
from bot.review.redaction import redact

__all__ = ["apart", "together"]

OWN: Final = ("number", "highlights", "score")
Content = dict[str, Any]


def apart(answer: Answer) -> tuple[Content, dict[str, Content]]:
    """Return the answer as JSON with hashes for passages, and the passages by hash.

    The questions of its choices are redacted: they repeat what the visitor typed.
    """
    kept = answer.model_dump(mode="json")
    numbers = [resource.phone for resource in answer.resources]
    for choice in kept["choices"]:
        choice["question"] = redact(choice["question"], numbers)
    contents: dict[str, Content] = {}
    for holder in (kept, *kept["safety"]):
        holder["passages"] = [cite(passage, contents) for passage in holder["passages"]]
    return kept, contents


def cite(passage: Content, contents: dict[str, Content]) -> Content:
    """Put the content of `passage` into `contents`; return what stays in the answer."""
    content = {name: value for name, value in passage.items() if name not in OWN}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    key = hashlib.sha256(canonical.encode()).hexdigest()
    contents[key] = content
    return {"hash": key} | {name: passage[name] for name in OWN}


def together(kept: Mapping[str, Any], contents: Mapping[str, Content]) -> Answer:
    """The answer as it was shown. Raises KeyError for a passage that is not in `contents`."""

    def passages(holder: Mapping[str, Any]) -> list[Content]:
        return [
            contents[cited["hash"]] | {name: cited[name] for name in OWN}
            for cited in holder["passages"]
        ]

    safety = [block | {"passages": passages(block)} for block in kept["safety"]]
    return Answer.model_validate(dict(kept) | {"passages": passages(kept), "safety": safety})
