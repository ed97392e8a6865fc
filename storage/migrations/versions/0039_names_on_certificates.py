"""Names on certificates are sealed, as names are everywhere."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """No certificate was issued before."""
    op.drop_column("certificates", "name")
    op.add_column("certificates", sa.Column("name", sa.LargeBinary()))
