"""How and until when the fees of a course are paid, and who wants to hear once that a course can be registered for."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("courses", sa.Column("payment", sa.Text(), nullable=False, server_default=""))
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "awaited_courses",
        sa.Column("id", key, nullable=False),
        sa.Column("resident_id", key, nullable=False),
        sa.Column("course_id", key, nullable=False),
        sa.Column("since", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_awaited_courses_course_id")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_awaited_courses_resident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awaited_courses")),
        sa.UniqueConstraint("resident_id", "course_id", name=op.f("uq_awaited_courses_resident_id_course_id")),
    )
    op.create_index(op.f("ix_awaited_courses_course_id"), "awaited_courses", ["course_id"], unique=False)
