"""Who was erased or merged, and what is kept apart of those who completed a course."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0022"
down_revision = "0021"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.add_column("residents", sa.Column("erased_at", MOMENT))
    _refer_to_whom_they_were_merged_into()
    op.create_index(op.f("ix_residents_merged_into"), "residents", ["merged_into"])
    op.create_table(
        "kept_completions",
        sa.Column("enrollment_id", KEY, autoincrement=False, nullable=False),
        sa.Column("who", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name=op.f("fk_kept_completions_enrollment_id")),
        sa.PrimaryKeyConstraint("enrollment_id", name=op.f("pk_kept_completions")),
    )
    op.create_index(op.f("ix_kept_completions_until"), "kept_completions", ["until"])
    op.create_table(
        "erasures",
        sa.Column("resident_id", KEY, autoincrement=False, nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("erased_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_erasures")),
    )


def _refer_to_whom_they_were_merged_into() -> None:
    """Alembic would make SQLite's table anew for it, and drop the one that all rows of residents refer to."""
    name = op.f("fk_residents_merged_into")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE residents ADD COLUMN merged_into INTEGER CONSTRAINT {name} REFERENCES residents (id)")
    else:
        op.add_column("residents", sa.Column("merged_into", KEY))
        op.create_foreign_key(name, "residents", "residents", ["merged_into"], ["id"])
