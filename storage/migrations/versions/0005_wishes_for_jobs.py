"""What residents want of job postings."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _table("job_wishes", ["resident_id"], sa.Column("rhythm", sa.Text(), nullable=False))
    _table("job_fields", ["resident_id", "category"], sa.Column("category", sa.Text(), nullable=False))
    saved_at: sa.Column[Any] = sa.Column("saved_at", storage.tables.UtcDateTime(timezone=True), nullable=False)
    _table("saved_postings", ["resident_id", "posting_id"], _posting(), saved_at)
    _table("dismissed_postings", ["resident_id", "posting_id"], _posting())
    shown = sa.text("hidden_at IS NULL AND duplicate_of IS NULL")
    columns = ["category", "first_seen_at"]
    op.create_index("ix_postings_shown_new", "postings", columns, sqlite_where=shown, postgresql_where=shown)


def _posting() -> sa.Column[int]:
    return sa.Column("posting_id", KEY, autoincrement=False, nullable=False)


def _table(name: str, key: list[str], *columns: sa.Column[Any]) -> None:
    resident = sa.Column("resident_id", KEY, autoincrement=False, nullable=False)
    theirs = [sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=f"fk_{name}_resident_id")]
    if any(column.name == "posting_id" for column in columns):
        theirs.append(sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name=f"fk_{name}_posting_id"))
    op.create_table(name, resident, *columns, *theirs, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"))
