"""Who is shown things in simple mode, and who declined it."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    moment = storage.tables.UtcDateTime(timezone=True)
    op.add_column("residents", sa.Column("is_simple", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.add_column("residents", sa.Column("simple_declined_at", moment, nullable=True))
