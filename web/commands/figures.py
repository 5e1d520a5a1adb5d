"""Measured question sets as a table that fits a terminal of 80 columns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.evaluation.figures import Figure
    from bot.evaluation.measuring import Measured

__all__ = ["table"]

SHORT = {
    "recall@1": "R@1",
    "recall@3": "R@3",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "page": "page@5",
    "right if answered": "right if so",
}
ABSTENTION = ("shown", "answered", "right if answered", "false answers")
WIDE = 9


def table(found: "Sequence[Measured]") -> str:
    """Return the figures of all sets, each with its 95% interval below it."""
    names = dict.fromkeys(each.questions for each in found)
    return "\n".join(
        line for name in names for line in one_set([e for e in found if e.questions == name])
    )


def one_set(measured: "Sequence[Measured]") -> "Iterator[str]":
    """Yield the lines of one set: the ranking by group, then when it was answered at all."""
    models = dict.fromkeys(each.model for each in measured)
    yield f"{measured[0].questions}   {', '.join(models)}"
    names = [f"{e.arm}, {e.model}" if len(models) > 1 else e.arm for e in measured]
    rows = {
        name: {row.group: row for row in each.rows}
        for name, each in zip(names, measured, strict=True)
    }
    groups = next(iter(rows.values()))
    first = groups["all"].figures
    used = [name for name in first if name not in ABSTENTION and first[name]]
    label = max(map(len, names)) + 4
    yield " " * label + "".join(SHORT.get(name, name).rjust(WIDE) for name in used)
    for group, one in groups.items():
        yield f"{group} ({one.questions})"
        for name, each in rows.items():
            yield from figures(f"  {name}", each[group].figures, used, label)
    full = [each for name, each in rows.items() if name.startswith("full")]
    if full:
        yield ""
        yield " " * 16 + "".join(SHORT.get(name, name).rjust(16) for name in ABSTENTION)
        for each in full:
            for group, row in each.items():
                cells = "".join(share(row.figures[name]).rjust(16) for name in ABSTENTION)
                yield f"{group:16}{cells}"
    yield ""


def figures(
    name: str, values: "Mapping[str, Figure | None]", used: Sequence[str], label: int
) -> Iterator[str]:
    """Yield the values of one arm, and their intervals; one line where there are none."""
    if not any(values[each] for each in used):
        yield f"{name:{label}}" + "".join("–".rjust(WIDE) for _ in used)
        return
    chosen = [values[each] for each in used]
    yield f"{name:{label}}" + "".join((f"{f.value:.3f}" if f else "–").rjust(WIDE) for f in chosen)
    yield " " * label + "".join(
        (f"{bare(f.low)}–{bare(f.high)}" if f else "").rjust(WIDE) for f in chosen
    )


def bare(value: float) -> str:
    """Return a share to two places without the nought before them, and 1 as short."""
    return "1.0" if value >= 0.995 else f"{value:.2f}".removeprefix("0")


def share(figure: "Figure | None") -> str:
    """Return a share as counts and an interval."""
    if figure is None:
        return "–"
    return f"{figure.hits}/{figure.count} {bare(figure.low)}–{bare(figure.high)}"
