"""Small numbers stay untold wherever statistics leave the circle of moderators."""

from typing import Final

__all__ = ["LEAST", "suppressed"]

LEAST: Final = 5
"""The least number that is told: below it, a count may point at a person."""


def suppressed(number: int) -> int | None:
    """The number, or None where it is between 1 and 4; nought tells of nobody."""
    return number if number == 0 or number >= LEAST else None
