"""What officers looked at and did something for."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("journal", sa.Column("purpose", sa.Text(), nullable=True))
