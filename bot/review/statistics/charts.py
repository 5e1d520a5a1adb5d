"""Where the bars and lines of a chart stand: numbers for a drawing, no drawing.

Everything is in the units of a view box of `WIDTH` by `HEIGHT`; the template draws it as SVG, with
a table of the same numbers beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

__all__ = ["HEIGHT", "WIDTH", "Bar", "Chart", "Tick", "bars", "line", "percent", "plain"]

WIDTH: Final = 640
HEIGHT: Final = 220
LEFT: Final = 52
RIGHT: Final = 12
TOP: Final = 12
BOTTOM: Final = 30
STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
LABELS: Final = 6
"""About how many words stand under a chart."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar or a point with its words; `y` is its top, `x` its left edge or its middle."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A word beside the axis, at a place along it."""

    place: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: bars, or points with the lines between those that follow each other.

    `gaps` counts the values that are not told.
    """

    bars: tuple[Bar, ...]
    points: tuple[Bar, ...]
    lines: tuple[str, ...]
    below: tuple[Tick, ...]
    beside: tuple[Tick, ...]
    highest: str | None
    gaps: int

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.bars or self.points)


def plain(value: float) -> str:
    """A number as people read it."""
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def percent(value: float) -> str:
    """A share as people read it."""
    return f"{100 * value:.0f}%"


Value = tuple[str, float | None]
Said = Callable[[float], str]


def bars(values: Sequence[Value], said: Said = plain, most: float | None = None) -> Chart:
    """A bar for each value in its order; none for what is not told."""
    top = most or ceiling(values)
    step = (WIDTH - LEFT - RIGHT) / max(1, len(values))
    gap = min(4.0, step * 0.2)
    found = [
        Bar(
            round(LEFT + at * step + gap / 2, 1),
            height_of(value, top),
            round(step - gap, 1),
            round(HEIGHT - BOTTOM - height_of(value, top), 1),
            f"{name}: {said(value)}",
        )
        for at, (name, value) in enumerate(values)
        if value is not None
    ]
    return chart(values, said, top, step, found, [])


def line(values: Sequence[Value], said: Said = plain, most: float | None = None) -> Chart:
    """A point for each value in its order, joined to the next; a gap for what is not told."""
    top = most or ceiling(values)
    step = (WIDTH - LEFT - RIGHT) / max(1, len(values))
    points = {
        at: Bar(
            round(LEFT + (at + 0.5) * step, 1),
            height_of(value, top),
            0.0,
            0.0,
            f"{name}: {said(value)}",
        )
        for at, (name, value) in enumerate(values)
        if value is not None
    }
    return chart(values, said, top, step, [], list(points.items()))


def chart(
    values: Sequence[Value],
    said: Said,
    top: float,
    step: float,
    found: Sequence[Bar],
    points: Sequence[tuple[int, Bar]],
) -> Chart:
    """Put the parts of a chart together."""
    told = [value for _, value in values if value is not None]
    every = max(1, ceil(len(values) / LABELS))
    below = (
        Tick(round(LEFT + (at + 0.5) * step, 1), name)
        for at, (name, _) in enumerate(values)
        if at % every == 0
    )
    beside = (Tick(height_of(top * part / 4, top), said(top * part / 4)) for part in (0, 2, 4))
    return Chart(
        bars=tuple(found),
        points=tuple(point for _, point in points),
        lines=tuple(runs(points)),
        below=tuple(below),
        beside=tuple(beside),
        highest=said(max(told)) if told else None,
        gaps=len(values) - len(told),
    )


def runs(points: Sequence[tuple[int, Bar]]) -> list[str]:
    """The lines through neighbouring points, each as `x,y x,y`."""
    found: list[list[Bar]] = []
    last = -2
    for at, point in points:
        if at != last + 1:
            found.append([])
        found[-1].append(point)
        last = at
    return [" ".join(f"{p.x},{p.y}" for p in run) for run in found if len(run) > 1]


def height_of(value: float, top: float) -> float:
    """How far below the upper edge a value stands."""
    room = HEIGHT - TOP - BOTTOM
    return round(TOP + room * (1 - min(1.0, value / top)), 1)


def ceiling(values: Sequence[Value]) -> float:
    """A round number that no value exceeds."""
    most = max((value for _, value in values if value is not None), default=0.0)
    if most <= 0:
        return 4.0
    unit = float(10 ** floor(log10(most)))
    return max(4.0, next(unit * step for step in STEPS if unit * step >= most))
