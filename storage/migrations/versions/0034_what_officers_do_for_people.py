"""Consents that were signed by hand, and codes for who has no chat yet."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.add_column("consents", sa.Column("paper", sa.Text()))
    with op.batch_alter_table("link_codes") as link_codes:
        link_codes.alter_column("address_id", existing_type=sa.BigInteger(), nullable=True)
