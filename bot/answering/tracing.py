"""Putting down how an answer came about: what was seen, weighed, corrected and dropped."""

from bot.answering.compose import Draft
from bot.question.triage import Triage
from bot.retrieval.subject import Subject
from bot.trace import Candidate, Trace

__all__ = ["trace_of"]


def trace_of(
    seen: Triage,
    subject: Subject,
    draft: Draft,
    dropped: tuple[str, ...],
    times: dict[str, float],
) -> Trace:
    """Put down what the moderators may want to know."""
    shown = {hit.passage.id for hit in draft.found.hits}
    return Trace(
        triage=seen.kind,
        signs=(
            *seen.signs,
            *([f"silence: {draft.found.why}"] if draft.found.why else []),
            *draft.corrections,
        ),
        substances=tuple(sorted(subject.substances)),
        topics=tuple(sorted(subject.topics)),
        candidates=tuple(
            Candidate(
                hit.passage.id,
                hit.passage.document,
                hit.fused,
                hit.dense,
                hit.lexical,
                hit.passage.id in shown,
            )
            for hit in draft.found.weighed[:10]
        ),
        gate=dropped,
        milliseconds={name: round(time, 1) for name, time in times.items()},
        keep=not seen.minor,
    )
