"""What the database holds, as tests look at it."""

from sqlalchemy import func, select

from bot.review.database.tables import Base, Count
from bot.review.storage import Records
from bot.review.viewing import View, view

__all__ = ["QUESTION", "REDACTED", "counts", "kept", "number"]

QUESTION = "我叫王伟，电话13800138000，氯胺酮有什么副作用？"
REDACTED = "我叫[name]，电话[phone]，氯胺酮有什么副作用？"


def kept(records: Records, id_: str) -> View:
    found = view(records, id_)
    assert isinstance(found, View)
    return found


def counts(records: Records) -> dict[tuple[str, str], int]:
    with records.reading() as session:
        rows = session.scalars(select(Count))
        return {(row.event, row.kind): row.number for row in rows}


def number(records: Records, table: type[Base]) -> int:
    with records.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
