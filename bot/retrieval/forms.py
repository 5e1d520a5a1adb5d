"""What kind of text a passage is: prose answers questions, a table of names seldom does."""

import re

from embeddings.text.scripts import weight

__all__ = ["FORMS", "form", "is_bare"]

FORMS = ("prose", "list", "table", "names", "stub")

_SENTENCE = re.compile(r"[。！？!?；;]|[，,].{8,}[，,]|\w\w\.(?:\s|$)")
_RISK = re.compile("[⚠💔⛔]|危险|严禁|谨慎|避免|danger|unsafe|caution|avoid")
_CELLS = " | "
_SHORT_LINE = 14.0
_STUB = 45.0
_MOSTLY = 0.5


def form(text: str) -> str:
    """Return the form of a passage, one of `FORMS`.

    A `table` has cells in most of its lines; `names` are short lines without a sentence, as the
    members of a class or a list of links; a `list` is lines of which most say something; a `stub`
    is too short to answer anything.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return "stub"
    if sum(_CELLS in line for line in lines) >= _MOSTLY * len(lines):
        return "table"
    short = sum(weight(line) < _SHORT_LINE and not _SENTENCE.search(line) for line in lines)
    if len(lines) >= 3 and short > _MOSTLY * len(lines):
        return "names"
    if weight(text) < _STUB:
        return "stub"
    return "list" if len(lines) >= 4 else "prose"


def is_bare(text: str) -> bool:
    """Whether a passage is a list of which no line says anything: members of a class, links.

    A list of what is dangerous to combine says that much.
    """
    if _RISK.search(text):
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) >= 3 and all(
        weight(line) < 2 * _SHORT_LINE and not _SENTENCE.search(line) for line in lines
    )
