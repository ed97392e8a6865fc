"""Counseling, follow-up questions and instructor candidates."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0006"
down_revision = "0005"

LIVE = sa.text("ended_at IS NULL")


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "counselors",
        sa.Column("id", _key(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("directions", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counselors")),
        sa.UniqueConstraint("code", name=op.f("uq_counselors_code")),
    )
    op.create_table(
        "counseling_hours",
        sa.Column("id", _key(), nullable=False),
        sa.Column("counselor_id", _key(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start_time", sa.Time(), nullable=False),
        sa.Column("end_time", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["counselor_id"], ["counselors.id"], name=op.f("fk_counseling_hours_counselor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counseling_hours")),
        sa.UniqueConstraint(
            "counselor_id",
            "weekday",
            "start_time",
            name=op.f("uq_counseling_hours_counselor_id_weekday_start_time"),
        ),
    )
    op.create_table(
        "counseling_days",
        sa.Column("id", _key(), nullable=False),
        sa.Column("counselor_id", _key(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start_time", sa.Time(), nullable=True),
        sa.Column("end_time", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(["counselor_id"], ["counselors.id"], name=op.f("fk_counseling_days_counselor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counseling_days")),
    )
    op.create_index(
        op.f("ix_counseling_days_counselor_id_day"), "counseling_days", ["counselor_id", "day"], unique=False
    )
    _create_talks()
    op.create_table(
        "followups",
        sa.Column("enrollment_id", _key(), autoincrement=False, nullable=False),
        sa.Column("stage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name=op.f("fk_followups_enrollment_id")),
        sa.PrimaryKeyConstraint("enrollment_id", "stage", name=op.f("pk_followups")),
    )
    op.create_index(op.f("ix_followups_asked_at"), "followups", ["asked_at"], unique=False)
    op.create_table(
        "instructor_candidates",
        sa.Column("enrollment_id", _key(), autoincrement=False, nullable=False),
        sa.Column("since", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollments.id"], name=op.f("fk_instructor_candidates_enrollment_id")
        ),
        sa.PrimaryKeyConstraint("enrollment_id", name=op.f("pk_instructor_candidates")),
    )


def _create_talks() -> None:
    op.create_table(
        "talks",
        sa.Column("id", _key(), nullable=False),
        sa.Column("counselor_id", _key(), nullable=False),
        sa.Column("resident_id", _key(), nullable=False),
        sa.Column("starts_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("registered", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("placed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("created_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["counselor_id"], ["counselors.id"], name=op.f("fk_talks_counselor_id")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_talks_resident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
    )
    for column in ("starts_at", "decided_at", "resident_id"):
        op.create_index(op.f(f"ix_talks_{column}"), "talks", [column], unique=False)
    _create_live_index("uq_talks_slot", "counselor_id", "starts_at")
    _create_live_index("uq_talks_live", "resident_id")


def _create_live_index(name: str, *columns: str) -> None:
    op.create_index(name, "talks", columns, unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
