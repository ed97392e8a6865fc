"""Who was erased or merged, and what is kept apart of those who completed a course."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0022"
down_revision = "0021"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("residents") as residents:
        residents.add_column(sa.Column("erased_at", MOMENT))
        residents.add_column(sa.Column("merged_into", KEY))
        residents.create_foreign_key(op.f("fk_residents_merged_into"), "residents", ["merged_into"], ["id"])
        residents.create_index(op.f("ix_residents_merged_into"), ["merged_into"])
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
