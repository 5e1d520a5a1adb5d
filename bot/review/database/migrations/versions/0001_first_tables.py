"""The first tables: records, what they show, feedback, verdicts, counts, accounts, audit."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")

IS_A_VERDICT = (
    "verdict IN ('right', 'wrong_passage', 'missing_source', 'should_have_declined', "
    "'should_not_have_declined', 'missed_danger', 'false_alarm', 'unsafe')"
)

REFUSE_ON_SQLITE = """
CREATE TRIGGER audit_refuses_{event} BEFORE {event} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
REFUSE_ON_POSTGRESQL = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$
"""
TRIGGER_ON_POSTGRESQL = """
CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
"""


def upgrade() -> None:
    people()
    records()
    judgements()
    refuse_changes_of_the_audit_log()


def people() -> None:
    """Who may log in, and what they did."""
    op.create_table(
        "accounts",
        column("id", sa.Integer()),
        column("name", sa.String(length=64)),
        column("password", sa.String(length=255)),
        column("role", sa.String(length=16)),
        column("created_at", MOMENT),
        column("disabled_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "role IN ('viewer', 'moderator', 'admin')", name=op.f("ck_accounts_role")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("name", name=op.f("uq_accounts_name")),
    )
    op.create_table(
        "login_sessions",
        column("token", sa.String(length=64)),
        column("account", sa.Integer()),
        column("csrf", sa.String(length=64)),
        column("created_at", MOMENT),
        column("seen_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_login_sessions_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_login_sessions")),
    )
    op.create_index(op.f("ix_login_sessions_account"), "login_sessions", ["account"])
    op.create_table(
        "audit",
        column("id", sa.Integer()),
        column("at", MOMENT),
        column("account", sa.String(length=64)),
        column("action", sa.String(length=32)),
        column("subject", sa.String(length=64)),
        column("detail", sa.String(length=255)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )


def records() -> None:
    """What was asked and shown."""
    op.create_table(
        "records",
        column("id", sa.String(length=64)),
        column("hour", MOMENT),
        column("expires_on", sa.Date()),
        column("urgency", sa.Integer()),
        column("kind", sa.String(length=32)),
        column("language", sa.String(length=16)),
        column("site", sa.String(length=255), nullable=True),
        column("snapshot", sa.String(length=128), nullable=True),
        column("question", sa.Text()),
        column("triage", DOCUMENT),
        column("answer", DOCUMENT),
        column("candidates", DOCUMENT),
        column("gate", DOCUMENT),
        column("milliseconds", DOCUMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_records_expires_on"), "records", ["expires_on"])
    op.create_index(
        op.f("ix_records_kind_urgency_hour_id"), "records", ["kind", "urgency", "hour", "id"]
    )
    op.create_index(
        op.f("ix_records_language_urgency_hour_id"),
        "records",
        ["language", "urgency", "hour", "id"],
    )
    op.create_index(op.f("ix_records_language_kind"), "records", ["language", "kind"])
    op.create_index(op.f("ix_records_urgency_hour_id"), "records", ["urgency", "hour", "id"])
    op.create_table(
        "shown_passages",
        column("hash", sa.String(length=64)),
        column("content", DOCUMENT),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_shown_passages")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_passages",
        column("record", sa.String(length=64)),
        column("hash", sa.String(length=64)),
        sa.ForeignKeyConstraint(
            ["hash"], ["shown_passages.hash"], name=op.f("fk_record_passages_hash")
        ),
        sa.ForeignKeyConstraint(
            ["record"], ["records.id"], name=op.f("fk_record_passages_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("record", "hash", name=op.f("pk_record_passages")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_record_passages_hash"), "record_passages", ["hash"])
    op.create_table(
        "feedback",
        column("record", sa.String(length=64)),
        column("verdict", sa.String(length=8)),
        column("reasons", DOCUMENT),
        column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("verdict IN ('up', 'down')", name=op.f("ck_feedback_verdict")),
        sa.ForeignKeyConstraint(
            ["record"], ["records.id"], name=op.f("fk_feedback_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_feedback")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counts",
        column("day", sa.Date()),
        column("event", sa.String(length=16)),
        column("kind", sa.String(length=32)),
        column("language", sa.String(length=16)),
        column("number", sa.Integer()),
        sa.PrimaryKeyConstraint("day", "event", "kind", "language", name=op.f("pk_counts")),
        sqlite_with_rowid=False,
    )


def judgements() -> None:
    """What moderators said; at most one verdict on a record is current."""
    op.create_table(
        "verdicts",
        column("id", sa.Integer()),
        column("record", sa.String(length=64)),
        column("account", sa.Integer()),
        column("verdict", sa.String(length=32)),
        column("note", sa.Text(), nullable=True),
        column("given_at", MOMENT),
        column("current", sa.Boolean()),
        column("kind", sa.String(length=32)),
        column("language", sa.String(length=16)),
        column("snapshot", sa.String(length=128), nullable=True),
        sa.CheckConstraint(IS_A_VERDICT, name=op.f("ck_verdicts_verdict")),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_verdicts_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
    )
    op.create_index(op.f("ix_verdicts_account"), "verdicts", ["account"])
    op.create_index(op.f("ix_verdicts_record_given_at"), "verdicts", ["record", "given_at"])
    op.create_index(
        "one_current_verdict",
        "verdicts",
        ["record"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )


def column(name: str, kind: sa.types.TypeEngine[Any], nullable: bool = False) -> sa.Column[Any]:
    """A column that must be filled unless it says otherwise."""
    return sa.Column(name, kind, nullable=nullable)


def refuse_changes_of_the_audit_log() -> None:
    """Let the database itself refuse to change or delete a line of the audit log."""
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(REFUSE_ON_SQLITE.format(event=event))
    else:
        op.execute(REFUSE_ON_POSTGRESQL)
        op.execute(TRIGGER_ON_POSTGRESQL)
