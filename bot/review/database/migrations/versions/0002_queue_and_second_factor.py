"""One row a question however often it was asked, undoing, saved filters, a second factor."""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")

ORDER = ("emergency", "crisis", "gate", "thumbs_down", "not_found")
URGENCY = dict(zip(ORDER, (9, 8, 7, 6, 5), strict=True))
"""As the program that this script ships with counts it; a later one brings its own script."""


def upgrade() -> None:
    queue_rows()
    columns_of_records()
    columns_of_verdicts()
    second_factor()
    saved_filters()
    rows_for_what_is_there()


def queue_rows() -> None:
    """One row a distinct question, and what it is about."""
    op.create_table(
        "queue_rows",
        column("id", sa.String(length=32)),
        column("key", sa.String(length=64)),
        column("head", sa.String(length=64)),
        column("number", sa.Integer()),
        column("urgency", sa.Integer()),
        column("reasons", DOCUMENT),
        column("hour", MOMENT),
        column("kind", sa.String(length=32)),
        column("language", sa.String(length=16)),
        column("question", sa.Text()),
        column("folded", sa.Text()),
        column("state", sa.String(length=16)),
        column("waiting", sa.Boolean()),
        column("verdict", sa.String(length=32), nullable=True),
        column("claimed_by", sa.Integer(), nullable=True),
        column("claimed_until", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'second', 'reviewed')", name=op.f("ck_queue_rows_state")
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["accounts.id"], name=op.f("fk_queue_rows_claimed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_rows")),
        sa.UniqueConstraint("key", name=op.f("uq_queue_rows_key")),
        sqlite_with_rowid=False,
    )
    index("queue_rows", "waiting", "urgency", "hour", "id")
    index("queue_rows", "waiting", "kind", "urgency", "hour", "id")
    index("queue_rows", "waiting", "language", "kind")
    index("queue_rows", "urgency", "hour", "id")
    index("queue_rows", "kind", "urgency", "hour", "id")
    op.create_table(
        "row_marks",
        column("queue_row", sa.String(length=32)),
        column("what", sa.String(length=16)),
        column("value", sa.String(length=255)),
        sa.CheckConstraint("what IN ('substance', 'document')", name=op.f("ck_row_marks_what")),
        sa.ForeignKeyConstraint(
            ["queue_row"],
            ["queue_rows.id"],
            name=op.f("fk_row_marks_queue_row"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("queue_row", "what", "value", name=op.f("pk_row_marks")),
        sqlite_with_rowid=False,
    )
    index("row_marks", "what", "value", "queue_row")


def columns_of_records() -> None:
    """Each record belongs to a row, says why it matters, and may belong to a conversation."""
    op.execute(
        "ALTER TABLE records ADD COLUMN queue_row VARCHAR(32) "
        "CONSTRAINT fk_records_queue_row REFERENCES queue_rows (id)"
    )
    op.add_column("records", column("reasons", DOCUMENT, nullable=True))
    op.add_column("records", column("conversation", sa.String(length=64), nullable=True))
    index("records", "queue_row", "urgency", "hour", "id")
    index("records", "conversation")


def columns_of_verdicts() -> None:
    """A verdict holds for its row, may name the right passage, and may be taken back."""
    for made in (
        column("queue_row", sa.String(length=32), nullable=True),
        column("passage", sa.String(length=64), nullable=True),
        column("document", sa.String(length=255), nullable=True),
        sa.Column("second", sa.Boolean(), nullable=False, server_default=sa.false()),
        column("withdrawn_at", MOMENT, nullable=True),
        column("batch", sa.String(length=32), nullable=True),
    ):
        op.add_column("verdicts", made)
    op.create_index(
        "one_current_verdict_a_row",
        "verdicts",
        ["queue_row"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    index("verdicts", "queue_row", "given_at")
    index("verdicts", "account", "given_at")
    index("verdicts", "batch")


def second_factor() -> None:
    """Secrets of the second factor, codes for its loss, and the tries of every process."""
    op.add_column("accounts", column("totp", sa.String(length=64), nullable=True))
    op.add_column("accounts", column("totp_since", MOMENT, nullable=True))
    op.add_column("accounts", column("totp_step", sa.Integer(), nullable=True))
    op.add_column(
        "login_sessions",
        sa.Column("complete", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.create_table(
        "recovery_codes",
        column("hash", sa.String(length=64)),
        column("account", sa.Integer()),
        column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_recovery_codes_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_recovery_codes")),
    )
    index("recovery_codes", "account")
    op.create_table(
        "login_tries",
        column("id", sa.Integer()),
        column("key", sa.String(length=64)),
        column("at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_tries")),
    )
    index("login_tries", "key", "at")
    index("login_tries", "at")


def saved_filters() -> None:
    """Filters of the queue that an account has named."""
    op.create_table(
        "saved_filters",
        column("id", sa.Integer()),
        column("account", sa.Integer()),
        column("name", sa.String(length=64)),
        column("query", sa.String(length=1024)),
        column("at", MOMENT),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_saved_filters_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
        sa.UniqueConstraint("account", "name", name=op.f("uq_saved_filters_account_name")),
    )


def rows_for_what_is_there() -> None:
    """A row of its own for each record that was kept before; such records are not grouped."""
    connection = op.get_bind()
    parts = sa.table(
        "records",
        *map(sa.column, ("id", "hour", "urgency", "kind", "language", "question")),
        sa.column("gate", DOCUMENT),
        sa.column("triage", DOCUMENT),
        sa.column("reasons", DOCUMENT),
        sa.column("queue_row"),
    )
    downs = set(connection.scalars(sa.text("SELECT record FROM feedback WHERE verdict = 'down'")))
    current = sa.text("SELECT record, verdict FROM verdicts WHERE current")
    said = {row.record: row.verdict for row in connection.execute(current)}
    chosen = (parts.c.id, parts.c.hour, parts.c.kind, parts.c.language, parts.c.question)
    found = connection.execute(sa.select(*chosen, parts.c.gate, parts.c.triage)).all()
    for record in found:
        name = secrets.token_hex(16)
        why = reasons(record, record.id in downs)
        urgency = max((URGENCY[each] for each in why), default=0)
        insert_row(connection, name, record, why, urgency, said.get(record.id))
        connection.execute(
            sa.update(parts)
            .where(parts.c.id == record.id)
            .values(queue_row=name, reasons=why, urgency=urgency)
        )
        connection.execute(
            sa.text("UPDATE verdicts SET queue_row = :row WHERE record = :record"),
            {"row": name, "record": record.id},
        )


def reasons(record: sa.Row[*tuple[Any, ...]], down: bool) -> list[str]:
    """Why a record that was kept before matters."""
    holds = {
        "emergency": record.kind == "emergency",
        "crisis": record.kind == "crisis",
        "gate": bool(record.gate),
        "thumbs_down": down,
        "not_found": record.kind == "not_found",
    }
    return [each for each in ORDER if holds[each]]


def insert_row(
    connection: sa.Connection,
    name: str,
    record: sa.Row[*tuple[Any, ...]],
    why: list[str],
    urgency: int,
    verdict: str | None,
) -> None:
    """Write the row of one record, and the substances that it names."""
    rows = sa.table(
        "queue_rows",
        *map(sa.column, ("id", "key", "head", "number", "urgency", "hour", "kind", "language")),
        *map(sa.column, ("question", "folded", "state", "waiting", "verdict")),
        sa.column("reasons", DOCUMENT),
    )
    connection.execute(
        sa.insert(rows).values(
            id=name,
            key=f"before-{record.id}"[:64],
            head=record.id,
            number=1,
            urgency=urgency,
            reasons=why,
            hour=record.hour,
            kind=record.kind,
            language=record.language,
            question=record.question,
            folded=record.question.casefold(),
            state="reviewed" if verdict else "open",
            waiting=not verdict,
            verdict=verdict,
        )
    )
    marks = sa.table("row_marks", *map(sa.column, ("queue_row", "what", "value")))
    for substance in sorted(set(record.triage.get("substances", ()))):
        connection.execute(
            sa.insert(marks).values(queue_row=name, what="substance", value=substance[:255])
        )


def index(table: str, *columns: str) -> None:
    """An index under the name that the tables' naming convention gives it."""
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def column(name: str, kind: sa.types.TypeEngine[Any], nullable: bool = False) -> sa.Column[Any]:
    """A column that must be filled unless it says otherwise."""
    return sa.Column(name, kind, nullable=nullable)
