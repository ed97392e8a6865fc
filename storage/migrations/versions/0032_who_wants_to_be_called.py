"""Who wants to be called, and indexes of what an officer has still to do: notices to tell, talks to note."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0032"
down_revision = "0031"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)
UNHEARD = sa.text("outcome IN ('unreached', 'refused', 'unknown') AND seen_at IS NULL")
NOT_NOTED = sa.text("state IN ('booked', 'moved')")
OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "callbacks",
        sa.Column("id", KEY, nullable=False),
        sa.Column("resident_id", KEY, nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("suits", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.LargeBinary()),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("outcome", sa.Text()),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_callbacks_resident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callbacks")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_callbacks_resident_id"), "callbacks", ["resident_id"])
    op.create_index(op.f("ix_callbacks_ended_at"), "callbacks", ["ended_at"])
    op.create_index(
        "uq_callbacks_open", "callbacks", ["resident_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("ix_outbox_unheard", "outbox", ["expires_at"], sqlite_where=UNHEARD, postgresql_where=UNHEARD)
    op.create_index(
        "ix_appointments_open", "appointments", ["starts_at"], sqlite_where=NOT_NOTED, postgresql_where=NOT_NOTED
    )
