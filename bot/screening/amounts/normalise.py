r"""Undoes the disguises that text can wear, and remembers where every character came from.

Screening must see `５０ ｍｇ`, `50&nbsp;mg`, `5**0** mg`, `0\.5克` and `㎎` as the amounts that
they are, and must still cut exactly the run that the reader would see. So each character of
the normalised text carries the span of the original that it stands for.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from bot.screening.amounts.folding import FOLD, SIMPLE

__all__ = ["Normalised", "normalise", "views"]

_ENCODED = re.compile(
    r"(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});)"
    r"|(?P<percent>(?:%[0-9A-Fa-f]{2})+)|(?P<escape>\\[uU](?:0000)?[0-9a-fA-F]{4})"
)
_LAYERS = 3
# In formulas a backslash with a comma, a semicolon or a space is a space of some width.
# A single space between plain letters and digits is left in the run, which is much quicker.
_INSIDE = r"(?<=[0-9A-Za-z.,;:%|)]) (?=[0-9A-Za-z.,;:%|(])"
_MARKUP = (
    rf"(?P<space>\\[,; ]|(?!{_INSIDE})\s+)"
    r"|(?P<markup>[*`]+|~~|\\(?=[!-/:-@\[-`{-~])|[{}$]+)"
)
_TAGGED = re.compile(
    r"</?(?P<tag>a|abbr|b|big|br|cite|code|col|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|img|ins"
    r"|kbd|li|mark|ol|p|q|rb|rp|rt|ruby|s|samp|small|span|strong|strike|sub|summary|sup|table"
    r"|tbody|td|th|thead|tr|u|ul|var|wbr)(?:\s[^<>]{0,300})?/?>|<!--(?:(?!--).){0,300}-->"
    rf"|\\(?:text|mathrm|rm|textbf|mathbf)\b|{_MARKUP}",
    re.DOTALL,
)
_LITERAL = re.compile(_MARKUP)
_BREAKING = {
    "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text[i]` stands for the original's code points `starts[i]` to `ends[i]`.

    `lines` are the places in `text` at which a line of the original began.
    """

    text: str
    starts: list[int]
    ends: list[int]
    lines: frozenset[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The run of the original that `text[start:end]` stands for; `start < end`."""
        return self.starts[start], self.ends[end - 1]


def views(text: str) -> tuple[Normalised, ...]:
    """The readings of a text that screening must all pass: as it stands, and decoded.

    Decoding can also hide an amount, as in `5%50mg` or `<p 50mg>`, so both are read.
    """
    found = []
    if "<" in text:
        found.append(normalise(text, tags=False))
    decoded, starts, ends = text, None, None
    for _ in range(_LAYERS):
        if not _ENCODED.search(decoded):
            break
        if starts is None:
            found.append(normalise(text))
        decoded, starts, ends = _unwrapped(decoded, starts, ends)
    last = normalise(decoded)
    if starts is not None and ends is not None:
        last = Normalised(
            last.text, [starts[at] for at in last.starts], [ends[at - 1] for at in last.ends],
            last.lines,
        )  # fmt: skip
    return (*found, last)


def _unwrapped(
    text: str, starts: list[int] | None, ends: list[int] | None
) -> tuple[str, list[int], list[int]]:
    """One layer of entities, percent-encoding and escapes undone, with places in the original."""
    starts = list(range(len(text))) if starts is None else starts
    ends = list(range(1, len(text) + 1)) if ends is None else ends
    parts: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    at = 0
    for match in _ENCODED.finditer(text):
        meant = _decode(match)
        parts += (text[at : match.start()], meant)
        new_starts += starts[at : match.start()] + [starts[match.start()]] * len(meant)
        new_ends += ends[at : match.start()] + [ends[match.end() - 1]] * len(meant)
        at = match.end()
    return "".join((*parts, text[at:])), new_starts + starts[at:], new_ends + ends[at:]


def _decode(match: re.Match[str]) -> str:
    if match["entity"]:
        return html.unescape(match.group())
    if match["percent"]:
        return unquote_to_bytes(match.group()).decode("utf-8", "replace")
    return chr(int(match.group()[2:], 16))


@lru_cache(maxsize=4)
def normalise(text: str, *, tags: bool = True) -> Normalised:
    """Fold look-alikes, and undo escapes, emphasis and, unless told otherwise, tags.

    White space shrinks to one space, to one line feed where a blank line stood, and to nothing
    beside a Chinese character. One passage is asked for several times in a row, so the last few
    are kept; nobody may change one.
    """
    building = _Building([], [], [], [])
    at = 0
    for match in (_TAGGED if tags else _LITERAL).finditer(text):
        begin, end = match.span()
        if begin > at:
            building.run(text[at:begin], at)
        at = end
        if match.lastgroup == "space":
            building.space(text.count("\n", begin, end))
        elif match.lastgroup == "tag" and match["tag"] in _BREAKING:
            building.space(0)
    building.run(text[at:], at)
    return Normalised(
        "".join(building.chars), building.starts, building.ends, frozenset(building.lines)
    )


@dataclass(slots=True)
class _Building:
    """The normalised text so far. `breaks` counts the line feeds since the last visible
    character; -1 stands for no white space at all.
    """

    chars: list[str]
    starts: list[int]
    ends: list[int]
    lines: list[int]
    breaks: int = -1

    def run(self, run: str, at: int) -> None:
        """Take in the characters that begin at `at` of the original, the simple ones at once."""
        if run.startswith(" "):
            self.space(0)
            run, at = run[1:], at + 1
        if len(run) < 2 or not SIMPLE.issuperset(run):
            for place, char in enumerate(run, at):
                self._add(FOLD[char], place)
            return
        if self.breaks >= 0:
            self._gap(FOLD[run[0]], at)
        self.chars.extend(map(FOLD.__getitem__, run))
        self.starts.extend(range(at, at + len(run)))
        self.ends.extend(range(at + 1, at + len(run) + 1))

    def space(self, feeds: int) -> None:
        self.breaks = max(self.breaks, 0) + feeds

    def _add(self, folded: str, place: int) -> None:
        for char in folded:
            if char in " \n":
                self.space(char == "\n")
                continue
            if self.breaks >= 0:
                self._gap(char, place)
            self.chars.append(char)
            self.starts.append(place)
            self.ends.append(place + 1)

    def _gap(self, after: str, start: int) -> None:
        """Put what remains of the white space before a visible character."""
        before = self.chars[-1] if self.chars else ""
        gap = "\n" if self.breaks > 1 else " "
        if self.breaks < 2 and (_is_han(before) or _is_han(after)):
            gap = ""
        if gap and before:
            self.chars.append(gap)
            self.starts.append(start)
            self.ends.append(start)
        if self.breaks:
            self.lines.append(len(self.chars))
        self.breaks = -1


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
