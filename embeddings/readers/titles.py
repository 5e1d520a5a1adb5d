"""Which of the titles that a page states is its title."""

import re
from collections.abc import Sequence
from pathlib import Path

__all__ = ["agreed", "same", "sound", "windows_title"]

_PARTED = re.compile(r"\s+(?:[-–—|·•»:]|::)\s+|\s*[|｜]\s*|(?<=\w)_(?=\w)")
_OFFICE = re.compile(
    r"^Microsoft (?:Word|PowerPoint|Excel) - |[.](?:docx?|pptx?|xlsx?|odt|pdf|indd)$", re.IGNORECASE
)
_JUNK = re.compile(
    r"\W*|(?:untitled|no title|document|title|home|index|new page)[\s\d-]*"
    r"|无标题|無標題|未命名|首页|\(anonymous\)|[\da-f-]{16,}|(?:slide|folie|page) ?\d+",
    re.IGNORECASE,
)


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


def sound(title: str) -> str:
    """Return a title without what a word processor adds to it, "" if it is none."""
    title = " ".join(_OFFICE.sub("", _OFFICE.sub("", title.strip())).split())
    return "" if _JUNK.fullmatch(title) else title


def windows_title(window: str, site: str, lines: Sequence[str]) -> str:
    """Return the title of a page by that of its window, from which the site's name is taken."""
    parts = [part for part in map(sound, _PARTED.split(window)) if part]
    parts = [part for part in parts if same(part) != same(site)] or parts
    return next((part for part in parts if part in lines), parts[0] if parts else "")
