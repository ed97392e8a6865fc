"""Keys with which officers sign in, browsers that are theirs, and from where a session began."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0036"
down_revision = "0035"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.add_column("officer_sessions", sa.Column("origin", sa.Text()))
    op.add_column("officer_sessions", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "officer_devices",
        sa.Column("id", KEY, nullable=False),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", MOMENT),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_devices_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_devices")),
        sa.UniqueConstraint("officer_id", "digest", name=op.f("uq_officer_devices_officer_id_digest")),
    )
    op.create_index(op.f("ix_officer_devices_digest"), "officer_devices", ["digest"], unique=False)
    op.create_table(
        "officer_passkeys",
        sa.Column("id", KEY, nullable=False),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_passkeys_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_passkeys")),
        sa.UniqueConstraint("credential", name=op.f("uq_officer_passkeys_credential")),
    )
    op.create_index(op.f("ix_officer_passkeys_officer_id"), "officer_passkeys", ["officer_id"], unique=False)
    op.create_table(
        "officer_challenges",
        sa.Column("id", KEY, nullable=False),
        sa.Column("officer_id", KEY),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_challenges_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_challenges")),
        sa.UniqueConstraint("digest", name=op.f("uq_officer_challenges_digest")),
    )
    op.create_index(op.f("ix_officer_challenges_officer_id"), "officer_challenges", ["officer_id"], unique=False)
