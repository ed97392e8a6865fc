"""Signs of life: whether the database takes what is written, and when the clock was believed last."""

import sqlalchemy as sa
from alembic import op

import storage.tables
from storage.tables.base import Key

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    moment = storage.tables.UtcDateTime(timezone=True)
    op.create_table(
        "pulse",
        sa.Column("id", Key, nullable=False),
        sa.Column("probes", sa.BigInteger(), nullable=False),
        sa.Column("vouches", sa.Integer(), nullable=False),
        sa.Column("believed_at", moment, nullable=True),
        sa.Column("newest_row", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
    )
