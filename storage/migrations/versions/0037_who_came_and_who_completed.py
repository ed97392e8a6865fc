"""Who came to which class, certificates, qualifications, and the rules of a course for them."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0037"
down_revision = "0036"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)


def upgrade() -> None:
    for name in ("completion_percent", "late_minutes", "lates_per_absence"):
        op.add_column("courses", sa.Column(name, sa.Integer()))
    op.add_column("courses", sa.Column("no_show", sa.Text(), server_default="", nullable=False))
    op.add_column("enrollments", sa.Column("seated_at", MOMENT))
    op.add_column("enrollments", sa.Column("no_show_waived", sa.Text(), server_default="", nullable=False))
    _attendance()
    _certificates()
    _qualifications()


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", KEY, nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("enrollment_id", KEY, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("marked_at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("entered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("key", sa.Text()),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name=op.f("fk_attendance_enrollment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("key", name=op.f("uq_attendance_key")),
    )
    op.create_index(op.f("ix_attendance_enrollment_id"), "attendance", ["enrollment_id"])
    op.create_index(op.f("ix_attendance_session_id"), "attendance", ["session_id"])
    op.create_index(op.f("ix_attendance_recorded_at"), "attendance", ["recorded_at"])
    counts = sa.text("standing = 'counts'")
    op.create_index(
        "uq_attendance_counts",
        "attendance",
        ["session_id", "enrollment_id"],
        unique=True,
        sqlite_where=counts,
        postgresql_where=counts,
    )


def _certificates() -> None:
    op.create_table(
        "certificates",
        sa.Column("id", KEY, nullable=False),
        sa.Column("enrollment_id", KEY, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("issued_by", sa.Text(), server_default="", nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.Column("revoke_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("replaced_by", sa.Text()),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name=op.f("fk_certificates_enrollment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("number", name=op.f("uq_certificates_number")),
        sa.UniqueConstraint("code", name=op.f("uq_certificates_code")),
    )
    op.create_index(op.f("ix_certificates_enrollment_id"), "certificates", ["enrollment_id"])
    valid = sa.text("revoked_at IS NULL")
    op.create_index(
        "uq_certificates_valid",
        "certificates",
        ["enrollment_id"],
        unique=True,
        sqlite_where=valid,
        postgresql_where=valid,
    )


def _qualifications() -> None:
    op.create_table(
        "qualifications",
        sa.Column("id", KEY, nullable=False),
        sa.Column("enrollment_id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), server_default="", nullable=False),
        sa.Column("license_number", sa.Text(), server_default="", nullable=False),
        sa.Column("acquired_on", sa.Date(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("entered_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name=op.f("fk_qualifications_enrollment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualifications")),
        sa.UniqueConstraint("enrollment_id", "name", "grade", name=op.f("uq_qualifications_enrollment_id_name_grade")),
    )
