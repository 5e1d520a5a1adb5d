"""The pages' templates: one Jinja environment, escaping everything, compiled once a process."""

from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.answer import QuotedPassage

__all__ = ["Segment", "segments", "static", "templates"]

HERE = Path(__file__).parent

Segment = tuple[str, bool, str | None]
"""A run of a quoted text: its words, whether it is highlighted, why it is withheld if it is."""


@cache
def static(name: str) -> str:
    """Return the address of a file of `static/`, changing whenever its content does.

    Raises FileNotFoundError for a name that no file has: a misspelt one fails every test.
    """
    digest = sha256((HERE / "static" / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def segments(passage: QuotedPassage, highlights: bool = True) -> list[Segment]:
    """Cut a quoted text where a highlight or a mark begins or ends.

    The texts of the segments, joined, are `passage.text`. Offsets count code points, as Python's
    strings do.
    """
    marked = passage.highlights if highlights else ()
    cuts = {0, len(passage.text)}
    cuts.update(cut for start, end in marked for cut in (start, end))
    cuts.update(cut for run in passage.withheld for cut in (run.start, run.end))
    places = sorted(cut for cut in cuts if 0 <= cut <= len(passage.text))
    return [
        (
            passage.text[start:end],
            any(first <= start and end <= last for first, last in marked),
            next(
                (run.reason for run in passage.withheld if run.start <= start and end <= run.end),
                None,
            ),
        )
        for start, end in pairwise(places)
    ]


def environment() -> Environment:
    """Return the environment: everything escaped, and a name that is not there is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["static"] = static
    made.filters["segments"] = segments
    return made


templates = Jinja2Templates(env=environment())
