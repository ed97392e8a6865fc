"""How one comes to a course: parking, lift, wheelchair, map."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

COLUMNS = ("parking", "parking_en", "lift", "access", "access_en", "map")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("courses", sa.Column(name, sa.Text(), nullable=False, server_default=""))
