"""Applications that an officer looks at before they count, why one was ended, and the public value of a lottery."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    moment = storage.tables.UtcDateTime(timezone=True)
    op.add_column("enrollments", sa.Column("source", sa.Text(), nullable=True))
    op.add_column("enrollments", sa.Column("unchecked_since", moment, nullable=True))
    op.add_column("enrollments", sa.Column("end_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("draws", sa.Column("public_name", sa.Text(), nullable=True))
    op.add_column("draws", sa.Column("fixed_at", moment, nullable=True))
    op.add_column("draws", sa.Column("public_at", moment, nullable=True))
    op.add_column("draws", sa.Column("public_value", sa.Text(), nullable=True))
