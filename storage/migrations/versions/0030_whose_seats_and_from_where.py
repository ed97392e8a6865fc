"""Seats kept for who comes offline or through an institution, and what led people here."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0030"
down_revision = "0029"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("courses") as courses:
        courses.add_column(sa.Column("offline_seats", sa.Integer(), server_default="0", nullable=False))
        courses.add_column(sa.Column("offline_until", MOMENT))
    with op.batch_alter_table("enrollments") as enrollments:
        enrollments.add_column(sa.Column("origin", sa.Text()))
    op.create_table(
        "seat_holds",
        sa.Column("id", KEY, nullable=False),
        sa.Column("course_id", KEY, nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), server_default="0", nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_seat_holds_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_holds")),
        sa.CheckConstraint("used <= seats", name=op.f("ck_seat_holds_used")),
    )
    op.create_index(op.f("ix_seat_holds_course_id"), "seat_holds", ["course_id"])
    op.create_table(
        "origins",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_origins")),
    )
    op.create_table(
        "origin_looks",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("course_id", KEY, autoincrement=False, nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "origin", "course_id", name=op.f("pk_origin_looks")),
    )
