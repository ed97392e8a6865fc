"""Postings that officers hid stay hidden, and candidates who became instructors of a course."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0033"
down_revision = "0032"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.add_column("postings", sa.Column("is_barred", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("instructor_candidates") as candidates:
        candidates.add_column(sa.Column("course_id", KEY))
        candidates.add_column(sa.Column("assigned_at", MOMENT))
        candidates.add_column(sa.Column("replaced", sa.Text(), nullable=False, server_default=""))
        candidates.create_foreign_key(op.f("fk_instructor_candidates_course_id"), "courses", ["course_id"], ["id"])
        candidates.create_index(op.f("ix_instructor_candidates_course_id"), ["course_id"])
        candidates.create_index(op.f("ix_instructor_candidates_assigned_at"), ["assigned_at"])
