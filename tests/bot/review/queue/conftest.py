"""The queue without chance."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_sample(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No record is drawn at random, unless the test wants it."""
    monkeypatch.setattr("bot.review.queue.urgency.SAMPLE", 10**9)
    yield
