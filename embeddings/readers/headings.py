"""Headings in plain text, where nothing but their looks tells them from the text.

Four kinds: a label in brackets or with a colon (`【摘要】`, `Keywords:`), a known name alone on
its line (`Abstract`), a number that follows from the one before (`3. 1. 1　…`), and in files
with a paragraph to a line, a short line alone above a longer one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from embeddings.text.boilerplate import is_listed
from embeddings.text.cleaning import plain
from embeddings.text.scripts import CLOSING, columns, weight

__all__ = ["Heading", "headings"]

_LINE = re.compile(r"[^\n]+")
_TERMINAL = re.compile(f"[。！？!?.…：:；;][{CLOSING}]*\\s*$")
_BRACKETED = re.compile(r"\s*[【［\[]\s*([^】］\]\n]{1,30}?)\s*[】］\]]\s*[:：]?\s*")
_COLON = re.compile(r"\s*([^\W\d_][^\n:：]{0,30}?)\s*[:：]\s*")
_NUMBERED = re.compile(
    r"\s*(\d{1,2}(?:\s?[.．]\s?\d{1,2}){0,4})[.．、]?[ \t\u3000]+(?=\S)([^\n]{1,120})"
)
_WIDE_GAP = re.compile(r"[ \t]*\u3000+(?=\S)")
_OPENING = re.compile(r"[（(]")
_CLOSED = re.compile(r"[）)]")

_LETTER = re.compile(r"[^\W\d_]")
_NO_HEADING = re.compile(r"\d\s*$|[，,、/@|]|://")

_TITLE = 80  # columns; a longer line is no heading
_ALONE = 40  # columns, for a heading without number or known name
_BODY = 20.0  # Chinese characters; numbered lines with less below are a list


@dataclass(frozen=True, slots=True)
class Heading:
    """`name` stands at `start`..`end` of the text; its section goes on to the next heading."""

    start: int
    end: int
    level: int
    name: str
    number: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def ends_sentence(self) -> bool:
        return bool(_TERMINAL.search(self.text))


def headings(text: str) -> tuple[Heading, ...]:
    """Return the headings of plain text, in order."""
    lines = [_Line(m.start(), m.end(), m[0]) for m in _LINE.finditer(text) if m[0].strip()]
    numbered = _without_lists(text, list(_numbered(lines)))
    wrapped = _is_wrapped(lines)
    found: dict[int, Heading] = {}
    for i, line in enumerate(lines):
        heading = _label(line) or (None if wrapped else _alone(lines, i))
        if heading:
            found[heading.start] = heading
    found.update({heading.start: heading for heading in numbered})
    return tuple(_apart(sorted(found.values(), key=lambda heading: heading.start)))


def _apart(ordered: list[Heading]) -> Iterator[Heading]:
    end = 0
    for heading in ordered:
        if heading.start >= end:
            yield heading
            end = heading.end


def _is_wrapped(lines: list[_Line]) -> bool:
    """Most longer lines end no sentence: the text was cut at the width of a column."""
    long = [line for line in lines if columns(line.text) > _ALONE]
    return sum(not line.ends_sentence for line in long) > 0.5 * len(long)


def _label(line: _Line) -> Heading | None:
    known = ("abstract", "line_labels", "skip")
    if columns(line.text) <= _ALONE and any(is_listed(line.text, name) for name in known):
        return Heading(line.start, line.end, 1, plain(line.text))
    for pattern, lists in ((_BRACKETED, known), (_COLON, known[:2])):
        match = pattern.match(line.text)
        if match and any(is_listed(match[1], name) for name in lists):
            return Heading(line.start, line.start + match.end(), 1, plain(match[1]))
    return None


def _alone(lines: list[_Line], i: int) -> Heading | None:
    line = lines[i]
    if i + 1 == len(lines) or line.ends_sentence or columns(line.text) > _ALONE:
        return None
    following = lines[i + 1]
    stands_out = _LETTER.search(line.text) and not _NO_HEADING.search(line.text)
    if stands_out and following.ends_sentence and columns(following.text) > _ALONE:
        return Heading(line.start, line.end, 1, plain(line.text))
    return None


def _numbered(lines: list[_Line]) -> Iterator[Heading]:
    last: tuple[int, ...] = ()
    free = 0  # where a heading may begin: after the end of a sentence or of another heading
    for i, line in enumerate(lines):
        match = _NUMBERED.match(line.text)
        starts = i == 0 or lines[i - 1].ends_sentence or bool(_label(lines[i - 1]))
        if not match or not (starts or line.start <= free):
            continue
        number = tuple(int(part) for part in re.split(r"\s?[.．]\s?", match[1]))
        heading = _titled(lines, i, match, number) if number in _following(last) else None
        if heading:
            last = number
            free = next((after.start for after in lines[i + 1 :] if after.start >= heading.end), 0)
            yield heading


def _following(last: tuple[int, ...]) -> set[tuple[int, ...]]:
    """Return the numbers that may come after `last`: a sibling, a first child, an aunt."""
    if not last:
        return {(0,), (1,)}
    return {(*last, 1)} | {(*last[:k], last[k] + 1) for k in range(len(last))}


def _titled(
    lines: list[_Line], i: int, match: re.Match[str], number: tuple[int, ...]
) -> Heading | None:
    """Return the heading, over two or three lines where a bracket is open at the end of one."""
    line = lines[i]
    title, end = match[2], line.end
    gap = _WIDE_GAP.search(title)
    if gap and _is_closed(title[: gap.start()]):
        title, end = title[: gap.start()], line.start + match.start(2) + gap.start()
    for more in lines[i + 1 : i + 3]:
        if _is_closed(title):
            break
        title, end = f"{title}\n{more.text}", more.end
    name = plain(title).replace("\n", "")
    if _TERMINAL.search(name) or columns(name) > _TITLE or not re.search(r"[^\W\d_]{2}", name):
        return None
    shown = ".".join(str(part) for part in number)
    return Heading(line.start, end, len(number), f"{shown} {name}", number)


def _is_closed(title: str) -> bool:
    return len(_OPENING.findall(title)) <= len(_CLOSED.findall(title))


def _without_lists(text: str, found: list[Heading]) -> list[Heading]:
    """Leave out numbered lines with neither text nor a subheading below: items of a list."""
    kept = []
    for i, heading in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else None
        body = text[heading.end : following.start if following else len(text)]
        parent = following is not None and len(following.number) > len(heading.number)
        if parent or weight(body.strip()) >= _BODY:
            kept.append(heading)
    return kept
