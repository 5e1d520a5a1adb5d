"""What is taught, and when: every number of the training."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from training.model import corpus
from training.model.corpus import Pair

__all__ = ["COURSES", "LESSONS", "Lesson", "Stage", "shortened"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pairs of texts, how many are in a batch, and how many tokens are read of each side.

    The right side is what the left one `means`, its translation; else it answers it. So many
    passages of a batch as `alike` says are like each other; 0 leaves it to chance.
    """

    pairs: Callable[[Path], list[Pair]]
    size: int
    longest: tuple[int, int]
    means: bool = True
    alike: int = 0


LESSONS: Mapping[str, Lesson] = {
    "sentences": Lesson(corpus.varied, 128, (40, 48)),
    "paragraphs": Lesson(corpus.paragraphs, 32, (160, 192)),
    "entries": Lesson(corpus.dictionary, 128, (12, 16)),
    "questions": Lesson(corpus.questions, 32, (32, 96), means=False),
    "openings": Lesson(corpus.reading, 32, (32, 128), means=False, alike=8),
    "reading": Lesson(corpus.reading, 32, (32, 160), means=False, alike=8),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """So many cycles of lessons, the rate of learning falling evenly from `first` to `last`.

    The weights as they are after each number of cycles in `kept` have a share in the result; 0
    are those that the stage begins with. The layers learn at `layers` of the rate.
    """

    cycles: int
    first: float
    last: float
    seed: int
    lessons: tuple[str, ...]
    kept: tuple[int, ...]
    layers: float = 0.0

    def until(self, cycles: int) -> "Stage":
        """Return the stage cut off after so many cycles."""
        kept = tuple(min(each, cycles) for each in self.kept)
        return replace(self, cycles=min(self.cycles, cycles), kept=kept)


_ROWS_FIRST = ("sentences", "entries", "sentences", "questions")
_ROWS_LAST = ("sentences", "questions", "questions")
_LAYERS_FIRST = ("sentences", "openings", "questions")
_LAYERS_LAST = ("sentences", "reading", "paragraphs", "questions")

COURSES: Sequence[Sequence[Stage]] = (
    (
        Stage(200, 2e-3, 1.1e-3, 20261121, _ROWS_FIRST, kept=(100,)),
        Stage(90, 1e-3, 5e-5, 20261122, _ROWS_LAST, kept=(90,)),
    ),
    (
        Stage(40, 1e-3, 7.3e-4, 20261123, _LAYERS_FIRST, kept=(), layers=0.03),
        Stage(38, 8e-4, 5e-4, 20261124, _LAYERS_LAST, kept=(38,), layers=0.05),
        Stage(45, 8e-4, 2.2e-4, 20261125, _LAYERS_LAST, kept=(45,), layers=0.1),
    ),
)
"""Forty minutes on one core for the rows alone, forty more for them and the layers.

Each stage begins with other pairs and no memory of the one before.
"""


def shortened(courses: Sequence[Sequence[Stage]], cycles: int | None) -> Sequence[Sequence[Stage]]:
    """Return the same courses with no more than `cycles` cycles a stage, if that is given."""
    if cycles is None:
        return courses
    return [[stage.until(cycles) for stage in course] for course in courses]
