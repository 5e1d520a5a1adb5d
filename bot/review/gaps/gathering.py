"""What the sources lack: questions without an answer, gathered by what they mean.

Average-linkage agglomeration (Sokal and Michener 1958) over the cosines of the redacted
questions: no number of clusters has to be known, and a cluster is as tight as `NEARNESS` says.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, or_, select

from bot.review.database.tables import QueueRow, Record, Verdict
from bot.review.statistics.suppression import suppressed
from bot.review.storage import Records
from bot.review.vectors import vectors_of
from embeddings.encoder import Encoder

__all__ = ["Gap", "Unanswered", "gaps", "unanswered"]

MOST: Final = 2000
"""Different questions that are gathered, the latest: n questions take n² numbers."""


NEARNESS: Final = 0.6
"""The mean cosine below which questions are not put together."""


EXAMPLES: Final = 8


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the sources did not answer, and how often it was asked."""

    question: str
    number: int
    language: str
    hour: datetime
    substances: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask for much the same. `questions` begins with the one in the middle."""

    questions: tuple[str, ...]
    number: int
    different: int
    languages: tuple[str, ...]
    substances: tuple[str, ...]
    topics: tuple[str, ...]
    latest: datetime

    @property
    def told(self) -> int | None:
        """How often it was asked, None where that is too seldom to be told."""
        return suppressed(self.number)


def unanswered(records: Records) -> tuple[Unanswered, ...]:
    """Questions answered by "not in the sources", or judged to lack a source, the latest first.

    Raises RecordsUnavailable.
    """
    lacking = and_(
        Verdict.queue_row == QueueRow.id, Verdict.current, Verdict.verdict == "missing_source"
    )
    found = (
        select(QueueRow, Record.triage)
        .join(Record, Record.id == QueueRow.head)
        .outerjoin(Verdict, lacking)
        .where(or_(QueueRow.kind == "not_found", Verdict.id.is_not(None)))
        .order_by(QueueRow.hour.desc(), QueueRow.id)
        .limit(MOST)
    )
    with records.reading() as session:
        return tuple(
            Unanswered(
                question=row.question,
                number=row.number,
                language=row.language,
                hour=row.hour,
                substances=tuple(triage.get("substances", ())),
                topics=tuple(triage.get("topics", ())),
            )
            for row, triage in session.execute(found)
            if row.question.strip()
        )


def gaps(questions: Sequence[Unanswered], encoder: Encoder) -> tuple[Gap, ...]:
    """Gather questions by meaning, what was asked most first."""
    if not questions:
        return ()
    vectors = vectors_of(encoder, [each.question for each in questions])
    found: dict[int, list[int]] = {}
    for at, group in enumerate(grouped(vectors)):
        found.setdefault(int(group), []).append(at)
    made = [gap([questions[at] for at in group], vectors[group]) for group in found.values()]
    return tuple(sorted(made, key=lambda each: (-each.number, -each.latest.timestamp())))


def grouped(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """The number of the group of each row, shape (n,)."""
    # Importing it takes seconds, which no server should wait for at its start.
    from sklearn.cluster import AgglomerativeClustering  # type: ignore[import-untyped]

    if len(vectors) < 2:
        return np.zeros(len(vectors), dtype=np.int64)
    method = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=1 - NEARNESS
    )
    labels: NDArray[np.int64] = method.fit_predict(vectors)
    return labels


def gap(group: Sequence[Unanswered], vectors: NDArray[np.float32]) -> Gap:
    """One group; first the question that is nearest to all others, then the next."""
    order = np.argsort(-(vectors @ vectors.mean(axis=0)), kind="stable")
    named = Counter(name for each in group for name in each.substances)
    asked = Counter(name for each in group for name in each.topics)
    texts = tuple(dict.fromkeys(group[int(at)].question for at in order))
    return Gap(
        questions=texts[:EXAMPLES],
        number=sum(each.number for each in group),
        different=len(texts),
        languages=tuple(sorted({each.language for each in group})),
        substances=tuple(name for name, _ in named.most_common(5)),
        topics=tuple(name for name, _ in asked.most_common(5)),
        latest=max(each.hour for each in group),
    )
