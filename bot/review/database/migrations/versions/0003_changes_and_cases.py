"""What moderators change, each version a row, and the runs of their cases."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")

REFUSE_ON_SQLITE = """
CREATE TRIGGER overrides_refuse_update BEFORE UPDATE ON overrides
BEGIN SELECT RAISE(ABORT, 'a change is a new version'); END
"""
REFUSE_ON_POSTGRESQL = """
CREATE FUNCTION refuse_overrides_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a change is a new version'; END $$
"""
TRIGGER_ON_POSTGRESQL = """
CREATE TRIGGER overrides_refuse_update BEFORE UPDATE ON overrides
FOR EACH STATEMENT EXECUTE FUNCTION refuse_overrides_change()
"""


def upgrade() -> None:
    changes()
    runs()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(REFUSE_ON_SQLITE)
    else:
        op.execute(REFUSE_ON_POSTGRESQL)
        op.execute(TRIGGER_ON_POSTGRESQL)


def changes() -> None:
    """One row a version."""
    op.create_table(
        "overrides",
        column("serial", sa.Integer()),
        column("id", sa.String(length=16)),
        column("version", sa.Integer()),
        column("kind", sa.String(length=16)),
        column("state", sa.String(length=16)),
        column("target", sa.Text()),
        column("payload", DOCUMENT),
        column("who", sa.String(length=64)),
        column("at", MOMENT),
        column("note", sa.Text(), nullable=True),
        column("source", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('pin', 'block', 'alias', 'phrase', 'contact', 'case')",
            name=op.f("ck_overrides_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'active', 'withdrawn')", name=op.f("ck_overrides_state")
        ),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_overrides")),
        sa.UniqueConstraint("id", "version", name=op.f("uq_overrides_id_version")),
    )
    op.create_index(op.f("ix_overrides_kind_state"), "overrides", ["kind", "state"])


def runs() -> None:
    """What came of the cases."""
    op.create_table(
        "case_runs",
        column("id", sa.Integer()),
        column("at", MOMENT),
        column("snapshot", sa.String(length=128)),
        column("overrides", sa.Integer()),
        column("who", sa.String(length=64)),
        column("results", DOCUMENT),
        column("satisfied", sa.Integer()),
        column("missed", sa.Integer()),
        column("stale", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_runs")),
    )
    op.create_index(op.f("ix_case_runs_at"), "case_runs", ["at"])


def column(name: str, kind: sa.types.TypeEngine[Any], nullable: bool = False) -> sa.Column[Any]:
    """A column that must be filled unless it says otherwise."""
    return sa.Column(name, kind, nullable=nullable)
