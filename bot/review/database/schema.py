"""What every table is built on: the types of columns, and how constraints are named."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect, MetaData, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

__all__ = ["Base", "Moment", "one_of"]

Document = JSON().with_variant(JSONB(), "postgresql")


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both databases; SQLite keeps no zone of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back UTC, aware."""
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value)


def one_of(column: str, values: tuple[str, ...], name: str) -> CheckConstraint:
    """A check that `column` holds one of `values`: the database refuses what the code should."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=name)


class Base(DeclarativeBase):
    """Names every constraint, so that a later migration can address it on either database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        dict[str, Any]: Document,
        list[Any]: Document,
        datetime: Moment(),
    }
