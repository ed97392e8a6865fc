"""What went because its time was over, and ways from people to all that is kept of them."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0027"
down_revision = "0026"

MOMENT = storage.tables.UtcDateTime(timezone=True)
OF_PEOPLE = ("outbox", "survey_receipts", "survey_signed_answers", "survey_slips")


def upgrade() -> None:
    op.create_table(
        "retention_runs",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_retention_runs")),
    )
    for table in OF_PEOPLE:
        op.create_index(op.f(f"ix_{table}_resident_id"), table, ["resident_id"])
