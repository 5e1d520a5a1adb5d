"""Counts for Prometheus. No label is made from anything that a visitor wrote."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from bot.answer import Answer
from bot.trace import Trace

__all__ = ["Metrics"]

# When something happened for the first time is nobody's business.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """One registry for one program, so that two programs in one process do not add up."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "safepassage_requests",
            "Requests by route template, method and status",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self.answers = Counter(
            "safepassage_answers",
            "Answers by kind and language",
            ("kind", "language"),
            registry=self.registry,
        )
        self.stages = Histogram(
            "safepassage_stage_seconds",
            "Time that a stage of an answer took",
            ("stage",),
            buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10),
            registry=self.registry,
        )
        self.limited = Counter(
            "safepassage_limited", "Questions refused by the rate limit", registry=self.registry
        )
        self.contacts = Counter(
            "safepassage_contacts_reported",
            "Numbers of contacts that visitors said are wrong",
            ("phone",),
            registry=self.registry,
        )
        self.feedback = Counter(
            "safepassage_feedback", "Verdicts of visitors", ("verdict",), registry=self.registry
        )
        self.ready = Gauge(
            "safepassage_ready", "1 while the index can answer", registry=self.registry
        )

    def answered(self, answer: Answer, trace: Trace) -> None:
        """Count one answer and the time of its stages."""
        self.answers.labels(answer.kind, answer.language).inc()
        for stage, milliseconds in trace.milliseconds.items():
            self.stages.labels(stage).observe(milliseconds / 1000)

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)
