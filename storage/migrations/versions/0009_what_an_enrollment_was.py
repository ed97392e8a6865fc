"""What an enrollment was before it ended, so that ending it can be taken back for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("enrollments", sa.Column("ended_from", sa.Text(), nullable=True))
