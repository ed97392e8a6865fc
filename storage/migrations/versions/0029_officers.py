"""Accounts of officers in the console, their courses and deputies, and who is signed in."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0029"
down_revision = "0028"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "officers",
        sa.Column("id", KEY, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text()),
        sa.Column("totp", sa.LargeBinary()),
        sa.Column("totp_step", sa.Integer()),
        sa.Column("recovery", sa.Text(), nullable=False, server_default=""),
        sa.Column("link", sa.Text()),
        sa.Column("link_until", MOMENT),
        sa.Column("failures", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("locked_until", MOMENT),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
        sa.UniqueConstraint("link", name=op.f("uq_officers_link")),
        sa.UniqueConstraint("login", name=op.f("uq_officers_login")),
    )
    op.create_table(
        "officer_sessions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("told", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_sessions_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_sessions")),
        sa.UniqueConstraint("digest", name=op.f("uq_officer_sessions_digest")),
    )
    op.create_index(op.f("ix_officer_sessions_officer_id"), "officer_sessions", ["officer_id"], unique=False)
    op.create_table(
        "officer_courses",
        sa.Column("officer_id", KEY, autoincrement=False, nullable=False),
        sa.Column("course_id", KEY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_officer_courses_course_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_courses_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", "course_id", name=op.f("pk_officer_courses")),
    )
    op.create_index(op.f("ix_officer_courses_course_id"), "officer_courses", ["course_id"], unique=False)
    op.create_table(
        "officer_deputies",
        sa.Column("id", KEY, nullable=False),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("deputy_id", KEY, nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["deputy_id"], ["officers.id"], name=op.f("fk_officer_deputies_deputy_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_deputies_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_deputies")),
        sa.UniqueConstraint(
            "officer_id", "deputy_id", "from_day", name=op.f("uq_officer_deputies_officer_id_deputy_id_from_day")
        ),
    )
    op.create_index(op.f("ix_officer_deputies_deputy_id"), "officer_deputies", ["deputy_id"], unique=False)
