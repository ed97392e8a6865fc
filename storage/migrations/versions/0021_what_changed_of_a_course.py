"""What changed of a course, as those in it are told; and classes that were added."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0021"
down_revision = "0020"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "course_changes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("course_id", KEY, nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_course_changes_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_changes")),
    )
    op.create_index(op.f("ix_course_changes_course_id"), "course_changes", ["course_id"], unique=False)
    op.create_index(op.f("ix_course_changes_changed_at"), "course_changes", ["changed_at"], unique=False)
    with op.batch_alter_table("session_changes") as changes:
        changes.alter_column("old_starts_at", existing_type=MOMENT, nullable=True)
