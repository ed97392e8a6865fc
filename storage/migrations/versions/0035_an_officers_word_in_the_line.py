"""An officer's word on who comes first in the line, and tablets at the counter."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column("enrollments", sa.Column("line_order", sa.Integer(), server_default="0", nullable=False))
    op.add_column("officer_sessions", sa.Column("counter_pin", sa.Text()))
    op.add_column("officer_sessions", sa.Column("counter_tries", sa.Integer(), server_default="0", nullable=False))
