"""What a course says to residents in English, where officers gave it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

SPOKEN = ("title", "certificate", "venue", "directions", "audience", "supplies", "payment", "description")


def upgrade() -> None:
    for name in SPOKEN:
        op.add_column("courses", sa.Column(f"{name}_en", sa.Text(), nullable=False, server_default=""))
