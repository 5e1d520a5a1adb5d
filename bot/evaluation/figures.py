"""What the outcomes come to: one row an arm and group, every figure with its interval.

nDCG@10, recall@k and MRR@10 are over the answerable questions. For gold runs and named passages,
where any one will do, recall@k is the share of questions with a right passage among the first k,
and nDCG@10 counts the first right one. `page` is the share with a passage of a right document
among the first five.

Abstention: `shown` is the share of the answerable for which anything is quoted, `answered` that for
which it is quoted as the answer and not only as what comes nearest, `right if answered` the
recall@5 of those, `false answers` the share of the unanswerable for which something is quoted as
the answer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.evaluation.cases import DEPTH, FIRST, Outcome
from embeddings.metrics import bootstrap, ndcg, recall, reciprocal_rank

__all__ = ["FIGURES", "Figure", "Row", "report_of"]

Measure = Callable[[Outcome], float]


def recall_at(depth: int) -> Measure:
    """Return what measures recall at a depth."""
    return lambda each: recall(each.ranked, each.relevant, depth)


RANKING: Mapping[str, Measure] = {
    f"nDCG@{DEPTH}": lambda each: ndcg(each.ranked, each.relevant, DEPTH),
    "recall@1": recall_at(1),
    "recall@3": recall_at(3),
    "recall@5": recall_at(5),
    "recall@10": recall_at(10),
    f"MRR@{DEPTH}": lambda each: reciprocal_rank(each.ranked[:DEPTH], each.relevant),
}
FIGURES = (*RANKING, "page", "shown", "answered", "right if answered", "false answers")


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over `count` questions with its 95% percentile bootstrap interval."""

    value: float
    low: float
    high: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> "Figure | None":
        """Return the figure of values, None where there are none."""
        if not values:
            return None
        return cls(sum(values) / len(values), *bootstrap(values), len(values))

    @property
    def hits(self) -> int:
        """How many questions, where each counts 0 or 1."""
        return round(self.value * self.count)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one arm over one group of questions; None where a figure has no meaning."""

    arm: str
    group: str
    questions: int
    figures: Mapping[str, Figure | None]

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        figures = {
            name: {"value": f.value, "low": f.low, "high": f.high, "count": f.count} if f else None
            for name, f in self.figures.items()
        }
        return {"arm": self.arm, "group": self.group, "questions": self.questions, **figures}


def report_of(arm: str, outcomes: Sequence[Outcome]) -> list[Row]:
    """Return one row for all questions, one a language and one a group."""
    groups: dict[str, list[Outcome]] = {"all": list(outcomes)}
    for label in ("language", "group"):
        names = {str(getattr(each.case, label)) for each in outcomes} - {""}
        for name in sorted(names) if len(names) > 1 else ():
            groups[name] = [each for each in outcomes if getattr(each.case, label) == name]
    return [row_of(arm, name, members) for name, members in groups.items()]


def row_of(arm: str, group: str, outcomes: Sequence[Outcome]) -> Row:
    """Return the figures of one group."""
    wanted = [each for each in outcomes if each.case.answerable]
    figures = {
        name: Figure.of([measure(each) for each in wanted]) for name, measure in RANKING.items()
    }
    paged = [each for each in wanted if each.case.gold or each.case.passages]
    figures["page"] = share(paged, lambda each: 0 < each.page <= FIRST)
    if arm == "full":
        figures |= abstention(wanted, [each for each in outcomes if not each.case.answerable])
    return Row(arm, group, len(outcomes), {name: figures.get(name) for name in FIGURES})


def abstention(wanted: Sequence[Outcome], others: Sequence[Outcome]) -> dict[str, Figure | None]:
    """Return how often it is answered where it should be, and where it should not."""
    answered = [each for each in wanted if each.answered]
    return {
        "shown": share(wanted, lambda each: bool(each.ranked)),
        "answered": share(wanted, lambda each: each.answered),
        "right if answered": share(answered, lambda each: 0 < each.rank <= FIRST),
        "false answers": share(others, lambda each: each.answered),
    }


def share(outcomes: Iterable[Outcome], holds: Callable[[Outcome], bool]) -> Figure | None:
    """Return the share of outcomes of which something holds."""
    return Figure.of([float(holds(each)) for each in outcomes])
