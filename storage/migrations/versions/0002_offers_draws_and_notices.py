"""Offers, draws, changed sessions, preferences and the outbox."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "draws",
        sa.Column(
            "course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("drawn_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("applications", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("applications_hash", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_draws_course_id")),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_draws")),
    )
    op.create_table(
        "interests",
        sa.Column("resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_interests_resident_id")),
        sa.PrimaryKeyConstraint("resident_id", "topic", name=op.f("pk_interests")),
    )
    op.create_table(
        "mutes",
        sa.Column("resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_mutes_resident_id")),
        sa.PrimaryKeyConstraint("resident_id", "kind", name=op.f("pk_mutes")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("about", sa.BigInteger(), nullable=False),
        sa.Column("due_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("started_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("settled_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("seen_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_outbox_resident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(
        "ix_outbox_owed",
        "outbox",
        ["rank", "due_at"],
        unique=False,
        sqlite_where=sa.text("outcome IS NULL AND started_at IS NULL"),
        postgresql_where=sa.text("outcome IS NULL AND started_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_unseen",
        "outbox",
        ["resident_id"],
        unique=False,
        sqlite_where=sa.text("outcome = 'unreached' AND seen_at IS NULL"),
        postgresql_where=sa.text("outcome = 'unreached' AND seen_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_unsettled",
        "outbox",
        ["started_at"],
        unique=False,
        sqlite_where=sa.text("outcome IS NULL AND started_at IS NOT NULL"),
        postgresql_where=sa.text("outcome IS NULL AND started_at IS NOT NULL"),
    )
    op.create_table(
        "session_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("old_starts_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("new_starts_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("planned_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_session_changes_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_changes")),
    )
    op.create_index(op.f("ix_session_changes_changed_at"), "session_changes", ["changed_at"], unique=False)
    op.create_index(op.f("ix_session_changes_course_id"), "session_changes", ["course_id"], unique=False)
    op.add_column("courses", sa.Column("offer_hours", sa.Integer(), server_default="24", nullable=False))
    op.add_column("courses", sa.Column("last_call_days", sa.Integer(), server_default="2", nullable=False))
    op.add_column("courses", sa.Column("confirm_hours", sa.Integer(), server_default="0", nullable=False))
    op.add_column("courses", sa.Column("cancel_reason", sa.Text(), server_default="", nullable=False))
    op.add_column("enrollments", sa.Column("rank", sa.Integer(), server_default="0", nullable=False))
    op.add_column("enrollments", sa.Column("decided_at", storage.tables.UtcDateTime(timezone=True), nullable=True))
    op.add_column("enrollments", sa.Column("offer_until", storage.tables.UtcDateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_enrollments_decided_at"), "enrollments", ["decided_at"], unique=False)
    op.add_column("sessions", sa.Column("planned_at", storage.tables.UtcDateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_sessions_starts_at"), "sessions", ["starts_at"], unique=False)
