"""What the rows of the queue are about: the substances and documents that filters offer."""

from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.review.storage import Records

__all__ = ["Marks", "marks"]

EACH_ONCE: Final = text(
    """
    WITH RECURSIVE found (value) AS (
        SELECT min(value) FROM row_marks WHERE what = :what
        UNION ALL
        SELECT (SELECT min(value) FROM row_marks WHERE what = :what AND value > found.value)
        FROM found WHERE found.value IS NOT NULL
    )
    SELECT value FROM found WHERE value IS NOT NULL
    """
)
"""Jumps in the index from one value to the next, where DISTINCT would read every mark."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Names of substances, and ids of documents, that some row is about; in their order."""

    substances: tuple[str, ...]
    documents: tuple[str, ...]


def marks(records: Records) -> Marks:
    """What there is to filter by. Raises RecordsUnavailable."""
    with records.reading() as session:
        return Marks(values(session, "substance"), values(session, "document"))


def values(session: Session, what: Literal["substance", "document"]) -> tuple[str, ...]:
    """Each value of one kind of mark."""
    return tuple(session.scalars(EACH_ONCE, {"what": what}))
