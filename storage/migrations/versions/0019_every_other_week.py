"""Courses that meet every other week, and classes on days of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("courses", sa.Column("every_weeks", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("courses", sa.Column("extra_days", sa.Text(), nullable=False, server_default=""))
