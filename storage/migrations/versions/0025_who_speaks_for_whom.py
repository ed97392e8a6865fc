"""One chat that speaks for several persons: its own, and others who have it write for them."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    with op.batch_alter_table("addresses") as batch:
        batch.add_column(sa.Column("is_main", sa.Boolean(), nullable=False, server_default=sa.text("true")))
        batch.drop_constraint("uq_addresses_channel_address", type_="unique")
        batch.create_unique_constraint(
            "uq_addresses_channel_address_resident_id", ["channel", "address", "resident_id"]
        )
    where = sa.text("is_main")
    op.create_index(
        "ix_addresses_main",
        "addresses",
        ["channel", "address"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
