"""Ways out that cost money or tell later what became of a notice, and the templates that they ask for."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0041"
down_revision = "0040"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)
STANDS = sa.text("outcome IS NULL OR outcome <> 'failed'")
ON_ITS_WAY = sa.text("outcome IS NULL")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("accepted_at", MOMENT))
    op.create_table(
        "dispatches",
        sa.Column("id", KEY, nullable=False),
        sa.Column("notice_id", KEY),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text()),
        sa.Column("message_id", sa.Text()),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("is_text", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("accepted_at", MOMENT),
        sa.Column("settled_at", MOMENT),
        sa.Column("outcome", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(["notice_id"], ["outbox.id"], name="fk_dispatches_notice_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_dispatches"),
    )
    op.create_index(
        "ix_dispatches_stands", "dispatches", ["notice_id"], unique=True, sqlite_where=STANDS, postgresql_where=STANDS
    )
    op.create_index("ix_dispatches_notice_id", "dispatches", ["notice_id"])
    op.create_index("ix_dispatches_started_at_cost", "dispatches", ["started_at", "cost"])
    op.create_index("ix_dispatches_batch", "dispatches", ["batch"])
    op.create_index(
        "ix_dispatches_on_its_way",
        "dispatches",
        ["way", "started_at"],
        sqlite_where=ON_ITS_WAY,
        postgresql_where=ON_ITS_WAY,
    )
    op.create_table(
        "notice_templates",
        sa.Column("id", KEY, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("way", "kind", "code", "name", "text", "status")),
        sa.Column("is_usable", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("looked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice_templates"),
        sa.UniqueConstraint("way", "kind", name="uq_notice_templates_way_kind"),
    )
