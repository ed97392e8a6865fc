"""Wrong codes of classes are counted beside wrong codes of chats, and not as one of them."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.add_column("link_guesses", sa.Column("purpose", sa.Text(), server_default="link", nullable=False))
