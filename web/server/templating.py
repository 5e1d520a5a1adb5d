"""The pages' templates: one Jinja environment, escaping everything, compiled once a process."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Final

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.answer import MARK, QuotedPassage
from embeddings.documents import Language

__all__ = ["Segment", "fold", "segments", "static", "templates"]

HERE = Path(__file__).parent.parent

FOLD: Final[Mapping[Language, int]] = {"zh-Hans": 160, "zh-Hant": 160, "en": 420}
"""Where a long quotation may be folded, in code points, as in the element's `quote.js`."""

Segment = tuple[str, bool, str | None]
"""A run of a quoted text: its words, whether it is highlighted, why it is withheld if it is."""


@cache
def static(name: str) -> str:
    """Return the address of a file of `static/`, changing whenever its content does.

    Raises FileNotFoundError for a name that no file has: a misspelt one fails every test.
    """
    digest = sha256((HERE / "static" / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def segments(passage: QuotedPassage, start: int = 0, end: int | None = None) -> list[Segment]:
    """Cut a quoted text, or a run of it, where a highlight or a mark begins or ends.

    The texts of the segments, joined, are `passage.text[start:end]`. Offsets count code points,
    as Python's strings do.
    """
    until = len(passage.text) if end is None else end
    runs = [*passage.highlights, *((run.start, run.end) for run in passage.withheld)]
    cuts = {start, until, *(cut for run in runs for cut in run)}
    places = sorted(cut for cut in cuts if start <= cut <= until)
    return [segment(passage, *each) for each in pairwise(places)]


def segment(passage: QuotedPassage, start: int, end: int) -> Segment:
    """Describe a run that no highlight or mark begins or ends in."""
    marked = any(first <= start and end <= last for first, last in passage.highlights)
    inside = (run.reason for run in passage.withheld if run.start <= start and end <= run.end)
    return passage.text[start:end], marked, next(inside, None)


def fold(passage: QuotedPassage) -> int:
    """Return where a quotation is folded; its length where it is not.

    Nothing highlighted is folded away, nor so little that folding would save nothing.
    """
    limit, length = FOLD[passage.language], len(passage.text)
    cut = max([limit, *(end for _, end in passage.highlights)])
    return cut if length - cut > limit // 3 else length


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
    made.globals |= {"mark": MARK, "static": static}
    made.filters |= {"fold": fold, "segments": segments}
    return made


templates = Jinja2Templates(env=environment())
