"""The number that is proven to be a resident's own."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("residents", sa.Column("proven_mobile", sa.Text(), nullable=True))
