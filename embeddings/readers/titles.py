"""Which of the titles that a page states is its title."""

import re
from pathlib import Path

__all__ = ["agreed", "same"]


def agreed(stated: str, headed: str, path: Path, opening: str) -> str:
    """Return the title of a page by its front matter and the heading at its top.

    The front matter wins, unless it is shown to be wrong: the name of the file is the heading, or
    the text begins with what is in the heading and not with what the front matter says. Wikis
    copy a page to begin another one, and forget its front matter.
    """
    if not (stated and headed) or same(stated) == same(headed):
        return headed or stated
    name = same(path.parent.name if path.stem.casefold() in ("index", "_index") else path.stem)
    if name in (same(stated), same(headed)):
        return stated if name == same(stated) else headed
    folded = same(opening)
    return headed if same(headed) in folded and same(stated) not in folded else stated


def same(title: str) -> str:
    """Return a title as it is compared: its letters and digits, without case."""
    return re.sub(r"[\W_]+", "", title).casefold()
