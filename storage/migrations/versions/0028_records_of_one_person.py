"""Records that were merged, codes that link chats, who guessed at them, and what is told in one chat only."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0028"
down_revision = "0027"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("residents") as residents:
        residents.add_column(sa.Column("merged_at", MOMENT))
        residents.add_column(sa.Column("lent", sa.Text()))
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("address_id", sa.BigInteger()))
    op.create_table(
        "link_codes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("resident_id", KEY, nullable=False),
        sa.Column("address_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("typed_by", sa.BigInteger()),
        sa.Column("used_at", MOMENT),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_link_codes_resident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_codes")),
    )
    op.create_index(op.f("ix_link_codes_digest"), "link_codes", ["digest"])
    op.create_index(op.f("ix_link_codes_resident_id"), "link_codes", ["resident_id"])
    op.create_table(
        "link_guesses",
        sa.Column("id", KEY, nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_guesses")),
    )
    op.create_index(op.f("ix_link_guesses_at"), "link_guesses", ["at"])
