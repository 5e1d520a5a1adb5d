"""A chart of measured question sets as SVG: points with their intervals, an arm a colour and shape.

The colours are those of Okabe and Ito 2008, "Color universal design", which people who see few
colours tell apart; the shapes tell them apart in print.
"""

from collections.abc import Iterator, Sequence
from html import escape

from bot.evaluation.figures import Row
from bot.evaluation.measuring import Measured

__all__ = ["chart"]

PANELS = ("nDCG@10", "recall@1", "recall@5", "recall@10")
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#000000")
SHAPES = (
    "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z",
    "M-3.5,-3.5H3.5V3.5H-3.5Z",
    "M0,-4.5L4.5,3.5H-4.5Z",
    "M0,-5L5,0L0,5L-5,0Z",
)
LEFT, PANEL, GAP, VALUE = 190, 190, 20, 36
"""Widths in pixels: of the names of groups, a panel, the room between, the printed value."""
LINE, BETWEEN, TOP = 15, 10, 98
STYLE = "font-family:system-ui,'Noto Sans CJK SC',sans-serif;font-size:12px;fill:#222"


def chart(found: Sequence[Measured]) -> str:
    """Return one SVG with a block for each set of questions, below each other."""
    blocks = []
    at = 0
    for name in dict.fromkeys(each.questions for each in found):
        drawn, height = block([each for each in found if each.questions == name], name)
        blocks.append(f'<g transform="translate(0,{at})">{drawn}</g>')
        at += height
    width = LEFT + len(PANELS) * (PANEL + VALUE + GAP)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{at}"'
        f' viewBox="0 0 {width} {at}" role="img" style="{STYLE}">'
        "<title>Retrieval figures with 95% bootstrap intervals</title>"
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(blocks)}</svg>\n'
    )


def block(measured: Sequence[Measured], name: str) -> tuple[str, int]:
    """Draw one set of questions; return the drawing and its height."""
    several = len({each.model for each in measured}) > 1
    series = [f"{each.arm}, {each.model}" if several else each.arm for each in measured]
    rows = [{row.group: row for row in each.rows} for each in measured]
    groups = [name for name in rows[0] if any(rows[0][name].figures[f] for f in PANELS)]
    step = len(measured) * LINE + BETWEEN
    bottom = TOP + len(groups) * step
    parts = [
        f'<text x="10" y="22"><tspan font-size="15" font-weight="600">{escape(name)}</tspan>'
        '<tspan dx="16" fill="#666">mean, and 95% bootstrap interval; in brackets: questions'
        "</tspan></text>"
    ]
    parts += legend(series)
    for column, figure in enumerate(PANELS):
        left = LEFT + column * (PANEL + VALUE + GAP)
        parts += axis(figure, left, bottom)
        for at, group in enumerate(groups):
            parts += points([each[group] for each in rows], figure, left, TOP + at * step + BETWEEN)
    for at, group in enumerate(groups):
        middle = TOP + at * step + BETWEEN + (len(measured) - 1) * LINE / 2 + 4
        row = rows[0][group]
        parts.append(
            f'<text x="{LEFT - 12}" y="{middle}" text-anchor="end">{escape(group)}'
            f' <tspan fill="#666">({row.questions})</tspan></text>'
        )
    return "".join(parts), bottom + 40


def legend(series: Sequence[str]) -> Iterator[str]:
    """Draw what each colour and shape stands for."""
    left = 20
    for at, name in enumerate(series):
        yield mark(at, left, 42)
        yield f'<text x="{left + 10}" y="46">{escape(name)}</text>'
        left += 40 + 7 * len(name)


def axis(figure: str, left: float, bottom: float) -> Iterator[str]:
    """Draw the head of a panel and its lines at quarters from 0 to 1."""
    yield f'<text x="{left}" y="{TOP - 26}" font-weight="600">{escape(figure)}</text>'
    for quarter in range(5):
        x = left + PANEL * quarter / 4
        yield f'<path d="M{x},{TOP - 6}V{bottom}" stroke="#ddd"/>'
        for y in (TOP - 10, bottom + 15):
            yield (
                f'<text x="{x}" y="{y}" font-size="10" text-anchor="middle" fill="#666">'
                f"{quarter / 4:g}</text>"
            )


def points(rows: Sequence[Row], figure: str, left: float, top: float) -> Iterator[str]:
    """Draw one figure of one group: a point a series, below each other, with its value."""
    for at, row in enumerate(rows):
        found = row.figures[figure]
        if found is None:
            continue
        y = top + at * LINE
        low, high = left + PANEL * found.low, left + PANEL * found.high
        colour = COLOURS[at % len(COLOURS)]
        yield f'<path d="M{low:.1f},{y}H{high:.1f}" stroke="{colour}" stroke-width="2"/>'
        yield mark(at, left + PANEL * found.value, y)
        yield f'<text x="{left + PANEL + 8}" y="{y + 4}" font-size="11">{found.value:.2f}</text>'


def mark(series: int, x: float, y: float) -> str:
    """Draw the point of a series."""
    shape, colour = SHAPES[series % len(SHAPES)], COLOURS[series % len(COLOURS)]
    return (
        f'<path d="{shape}" transform="translate({x:.1f},{y})" fill="{colour}" stroke="#fff"'
        ' stroke-width="0.8"/>'
    )
