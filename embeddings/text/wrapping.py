"""Which line breaks of a text are the end of a paragraph, and which only the end of a line.

PDF text is cut at the width of its column, often with a blank line after every line, and at
page breaks, in the middle of sentences. A line continues in the next one if it does not end a
sentence, or if it ends one but is as full as its neighbours, some of which run on.
"""

import re

from embeddings.text.scripts import CLOSING, HAN, QUOTES, WIDE, columns
from embeddings.tracing import Traced

__all__ = ["HARD", "join_lines"]

# Stands for a break that markup demands (a list item, a table row, <br>); a noncharacter.
HARD = "\U0001fffe"

_BREAK = re.compile(f"[^\\S\\n]*(?:[\\n{HARD}][^\\S\\n]*)+")
_ENDS = re.compile(f"[。！？!?.…:：;；][{CLOSING}]*$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_HAN = re.compile(f"[{HAN}]")
_UNSPACED = re.compile(f"[{HAN}{WIDE}{QUOTES}]")
_SHORTEST = 30  # columns; a shorter line that ends no sentence stands by itself
_WIDEST = 150  # columns; a longer line is a paragraph, not a line of a column
_FULL = 0.85  # of its neighbours' width: a line that was cut because the column ended


class _Lines:
    """The lines of one text, for asking whether the break after line `i` is only a wrap."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.widths = [columns(line) for line in lines]
        self.ends = [bool(_ENDS.search(line)) for line in lines]
        self.addresses = [bool(_ADDRESS.fullmatch(line)) for line in lines]
        self.foreign = [not _HAN.search(line) for line in lines]

    def runs_on(self, i: int) -> bool:
        if self._language_changes(i) or self.addresses[i] or self.addresses[i + 1]:
            return False
        near = range(max(0, i - 2), min(len(self.lines), i + 3))
        wrapped = any(self._unfinished(k) for k in near)
        if not self.ends[i]:
            # The first line of a run may be the rest of one that began before it.
            return self.widths[i] >= _SHORTEST or (i == 0 and wrapped)
        widest = max(self.widths[k] for k in near)
        return wrapped and self.widths[i] <= _WIDEST and self.widths[i] >= _FULL * widest

    def _unfinished(self, i: int) -> bool:
        return not (self.ends[i] or self.addresses[i]) and self.widths[i] >= _SHORTEST

    def _language_changes(self, i: int) -> bool:
        """Two whole lines without a Chinese character before a line that is Chinese."""
        if i == 0 or not (self.foreign[i] and self.foreign[i - 1]):
            return False
        following = self.lines[i + 1]
        return 2 * len(_HAN.findall(following)) > len(following)


def join_lines(traced: Traced, blank_ends: bool, soft: bool = False) -> None:
    r"""Join wrapped lines in place; one `\n` is left between paragraphs, items and rows.

    `blank_ends`: a blank line always ends a paragraph (Markdown). `soft`: only `HARD` breaks
    end one (HTML).
    """
    lines = _Lines(_BREAK.split(traced.text))
    count = iter(range(len(lines.lines)))

    def join(match: re.Match[str]) -> str:
        i = next(count)
        before, after = lines.lines[i], lines.lines[i + 1]
        if not before or not after:
            return ""
        found = match[0]
        if HARD in found or (blank_ends and found.count("\n") > 1):
            return "\n"
        return _glue(before, after) if soft or lines.runs_on(i) else "\n"

    traced.sub(_BREAK, join)


def _glue(before: str, after: str) -> str:
    """Return what stands between two joined lines: nothing next to Chinese or a hyphen."""
    if _UNSPACED.match(before[-1]) or _UNSPACED.match(after[0]):
        return ""
    return "" if before[-1] in "-~/(" or after[0] in "-~/)" else " "
