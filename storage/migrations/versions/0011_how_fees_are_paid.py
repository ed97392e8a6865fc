"""How and until when the fees of a course are paid."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("courses", sa.Column("payment", sa.Text(), nullable=False, server_default=""))
