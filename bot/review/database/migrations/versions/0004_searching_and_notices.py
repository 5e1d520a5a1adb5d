"""Indexes for filters by words and by reason, and notices that wait to be delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORDS = ["urgency", "hour", "id", "kind", "language", "state", "verdict", "reasons", "folded"]


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("queue_rows_waiting_words", "queue_rows", ["waiting", *WORDS])
        op.create_index("queue_rows_words", "queue_rows", WORDS)
    else:
        op.create_index(
            "queue_rows_reasons",
            "queue_rows",
            ["reasons"],
            postgresql_using="gin",
            postgresql_ops={"reasons": "jsonb_path_ops"},
        )
    notices()


def notices() -> None:
    """What happened and where to look; gone when it was delivered or given up."""
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "event IN ('emergency', 'crisis', 'gate', 'missed_danger', 'unsafe')",
            name=op.f("ck_notices_event"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sqlite_with_rowid=False,
    )
