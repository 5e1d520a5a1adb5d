"""What the rows of the queue are about: the substances and documents that filters offer."""

from dataclasses import dataclass

from sqlalchemy import func, select

from bot.review.records import Records
from bot.review.tables import RowMark

__all__ = ["Marks", "marks"]


@dataclass(frozen=True, slots=True)
class Marks:
    """Names of substances, and ids of documents, that some row is about; in their order."""

    substances: tuple[str, ...]
    documents: tuple[str, ...]


def marks(records: Records) -> Marks:
    """What there is to filter by. Raises RecordsUnavailable."""
    with records.reading() as session:
        found = {
            what: tuple(
                session.scalars(
                    select(RowMark.value)
                    .where(RowMark.what == what)
                    .group_by(RowMark.value)
                    .order_by(func.lower(RowMark.value))
                )
            )
            for what in ("substance", "document")
        }
    return Marks(found["substance"], found["document"])
