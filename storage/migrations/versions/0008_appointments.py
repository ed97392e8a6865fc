"""Talks with counselors are called appointments."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

LIVE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    for name in ("ix_talks_starts_at", "ix_talks_decided_at", "ix_talks_resident_id", "uq_talks_slot", "uq_talks_live"):
        op.drop_index(name, "talks")
    op.rename_table("talks", "appointments")
    for column in ("starts_at", "decided_at", "resident_id"):
        op.create_index(op.f(f"ix_appointments_{column}"), "appointments", [column], unique=False)
    _create_live_index("uq_appointments_slot", "counselor_id", "starts_at")
    _create_live_index("uq_appointments_live", "resident_id")
    # A notice that was told is known by its key: it must not be told anew under the new name of its kind.
    op.execute(
        "UPDATE outbox SET kind = 'appointment_' || substr(kind, 6), key = 'appointment_' || substr(key, 6) "
        "WHERE kind IN ('talk_day_before', 'talk_moved', 'talk_cancelled')"
    )


def _create_live_index(name: str, *columns: str) -> None:
    op.create_index(name, "appointments", columns, unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
