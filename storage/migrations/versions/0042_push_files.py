"""Files for the district's own sender, with what stands in their rows."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0042"
down_revision = "0041"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "push_files",
        sa.Column("id", KEY, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "code", "name")),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_push_files"),
    )
    op.create_table(
        "push_file_rows",
        sa.Column("dispatch_id", KEY, nullable=False),
        sa.Column("push_file_id", KEY, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        _reference("dispatch_id", "dispatches", "CASCADE"),
        _reference("push_file_id", "push_files"),
        _reference("notice_id", "outbox", "CASCADE"),
        sa.PrimaryKeyConstraint("dispatch_id", name="pk_push_file_rows"),
    )
    op.create_index("ix_push_file_rows_push_file_id", "push_file_rows", ["push_file_id"])
    op.create_index("ix_push_file_rows_notice_id", "push_file_rows", ["notice_id"])


def _reference(column: str, table: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = f"fk_push_file_rows_{column}"
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete=ondelete)
